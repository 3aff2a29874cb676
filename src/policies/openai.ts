import type { PolicyPack } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';

/** OpenAI ChatGPT plans used through Codex. No rule limits them to coding or to one tool. */
export const openai: PolicyPack = {
  id: 'openai',
  name: 'ChatGPT plans in Codex',
  vendor: 'OpenAI',
  providers: ['codex', 'openai'],
  version: '2026-08-03',
  tools: toolsNamed('supported', 'codex opencode cline pi openclaw'),
  rules: [
    {
      id: 'one-person',
      title: 'One person',
      says: 'Account credentials may not be shared, nor the account be made available to anyone else.',
      quote: 'You may not share your account credentials or make your account available to anyone else',
      source: {
        url: 'https://openai.com/policies/row-terms-of-use/',
        readOn: '2026-08-03',
        doubt: 'Read as a quotation.',
      },
      severity: 'serious',
      match: { by: 'signal', anyOf: ['several-people', 'forwarded'] },
      mustMatch: [
        { shows: 'two people on one login', zh: '两人共用一个登录', text: 'fix the test', signals: ['several-people'] },
      ],
      mustNotMatch: [
        {
          shows: 'another coding tool of the same person',
          zh: '同一人的另一款编程工具',
          text: 'fix the test',
          client: 'opencode',
        },
        {
          shows: 'a task that is not coding',
          zh: '非编程任务',
          text: 'Plan a trip to Lisbon for four days with my parents',
        },
      ],
      appeal: 'Help centre, account deactivation form.',
      enforcement: 'Suspensions after switching between many accounts are reported (codex-auth issue 121, May 2026).',
      advice: 'One login per person.',
      zh: {
        title: '仅限本人',
        says: '账号凭据不得共享，账号也不得提供给他人使用。',
        appeal: '帮助中心的账号停用申诉表单。',
        enforcement: '有用户反映在多个账号间切换后被停用（codex-auth issue 121，2026 年 5 月）。',
        advice: '一人一个登录。',
        doubt: '系转引。',
      },
    },
  ],
  notKnown: [
    'A written general permission for other programs: one page says "Developers should code in the tools they prefer", and names five.',
    'No rule limits these plans to coding, so nothing is flagged by task.',
  ],
  zh: {
    notKnown: [
      '是否有对其他程序的书面一般许可：一页写道“Developers should code in the tools they prefer”，并列出五种。',
      '没有规则将这些套餐限于编程，因此不按任务标记。',
    ],
  },
};
