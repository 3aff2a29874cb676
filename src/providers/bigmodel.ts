import { glmPlans } from './glm-plans.ts';
import { glmProvider } from './glm-provider.ts';

/** BigModel, the Chinese site of Zhipu's GLM. Its keys are not valid on Z.AI; prices are in CNY and not carried. */
export const bigmodel = glmProvider({
  id: 'bigmodel',
  name: 'BigModel',
  shortName: 'GLM',
  upstream: 'https://open.bigmodel.cn',
  plans: glmPlans({}, 'Read on the international site; taken to hold on the Chinese one too.'),
  prefersKey: 'bare',
});
