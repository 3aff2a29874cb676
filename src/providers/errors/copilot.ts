import type { ErrorCatalogue } from '../../core/error-code.ts';
import { ADVICE } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const code = vendorCodes({
  url: 'https://github.com/orgs/community/discussions/192485',
  readOn: '2026-09-15',
  doubt: 'Captured and reported by users; no reference page lists these.',
});

/** GitHub Copilot. */
export const copilotErrors: ErrorCatalogue = {
  id: 'copilot',
  name: 'GitHub Copilot',
  providerIds: ['copilot'],
  codes: [
    code(
      'quota_exceeded',
      'window-exhausted',
      ['No quota left', '额度不足'],
      [
        'The plan’s credits or premium requests of the month are used up; they refill on the 1st (UTC).',
        '套餐当月的额度或高级请求已用完；每月 1 日（UTC）恢复。',
      ],
      {
        statuses: [402],
        says: ['you have no quota', 'exhausted your premium model quota'],
        remedies: [ADVICE.waitForReset, ADVICE.otherModel],
        states: 'window-used-up',
      },
    ),
    code(
      'user_weekly_rate_limited',
      'window-exhausted',
      ['Weekly rate limit', '每周速率限制'],
      [
        'A weekly limit of the account is reached; waits of hours to weeks were reported.',
        '达到账户的每周限制；有用户反馈需等待数小时到数周。',
      ],
      { statuses: [429], remedies: [ADVICE.waitForReset], states: 'window-used-up' },
    ),
    code(
      'rate_limited',
      'account-rate',
      ['Rate limit', '速率限制'],
      ['Too many requests in a short time for this plan.', '此套餐短时间内请求过多。'],
      {
        statuses: [429],
        aliases: ['user_global_rate_limited', 'user_model_rate_limited'],
        says: ["sorry, you've exceeded your rate limits"],
        remedies: [ADVICE.backOff, ADVICE.slowDown],
      },
    ),
  ],
};
