import type { ErrorCatalogue } from '../../core/error-code.ts';
import { glmAccountCodes } from './glm-account-codes.ts';
import { glmLimitCodes, glmWindowCodes } from './glm-limit-codes.ts';
import { glmPlanCodes } from './glm-plan-codes.ts';
import { glmRequestCodes } from './glm-request-codes.ts';
import { report } from './glm-sources.ts';

/** Errors of Zhipu's GLM, the same on both sites. 1306, 1307 and 1322 and above were looked for and not found (2026-09). */
export const glmErrors: ErrorCatalogue = {
  id: 'glm',
  name: 'Z.AI / BigModel',
  providerIds: ['zai', 'bigmodel'],
  codes: [...glmLimitCodes, ...glmWindowCodes, ...glmPlanCodes, ...glmAccountCodes, ...glmRequestCodes],
  messageUtcOffset: '+08:00',
  gatedIdentities: [
    {
      phrase: 'running inside OpenClaw',
      codes: ['1305', '1302'],
      source: report(
        'https://github.com/openclaw/openclaw/issues/103529',
        '2026-07-22',
        'A comparison by one user: the same request passes when one word is changed.',
      ),
    },
    {
      phrase: 'You run on Hermes Agent',
      codes: ['1305'],
      source: report('https://github.com/NousResearch/hermes-agent/issues/47685', '2026-07-22'),
    },
    {
      phrase: "You are a Claude agent, built on Anthropic's Claude Agent SDK.",
      codes: ['1305', '1302'],
      source: report(
        'https://github.com/repoprompt/repoprompt-ce/issues/295',
        '2026-06-24',
        'Reported by users in peak hours; the command line’s print mode sends the same sentence.',
      ),
    },
  ],
};
