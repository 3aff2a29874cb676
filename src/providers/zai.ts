import { glmPlans } from './glm-plans.ts';
import { glmProvider } from './glm-provider.ts';

/** Z.AI, the international site of Zhipu's GLM. Lite's price is the vendor's, the others were reported by users in 2026. */
export const zai = glmProvider({
  id: 'zai',
  name: 'Z.AI',
  shortName: 'GLM',
  upstream: 'https://api.z.ai',
  plans: glmPlans({ lite: 18_000_000, pro: 72_000_000, max: 168_000_000 }),
  prefersKey: 'bearer',
});
