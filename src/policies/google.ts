import type { PolicyPack } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';

const APPEAL =
  'The appeal form inside Antigravity, named in the 403 answer; unlocks after about 48 hours are reported (April 2026).';

/** Google Antigravity and Gemini for consumers. No rule limits them to coding. */
export const google: PolicyPack = {
  id: 'google',
  name: 'Antigravity and Gemini',
  vendor: 'Google',
  providers: ['gemini'],
  version: '2026-09-19',
  tools: toolsNamed('supported', 'gemini-cli antigravity'),
  rules: [
    {
      id: 'foreign-login',
      title: 'Login of another program',
      says: 'The login of Antigravity or Gemini CLI may not be used from other software; OpenClaw is the example given.',
      quote: 'third party software, tools, or services to access the Service',
      source: {
        url: 'https://antigravity.google/terms',
        readOn: '2026-09-19',
        doubt: 'Read as a quotation of item 6.',
      },
      severity: 'serious',
      match: { by: 'signal', anyOf: ['foreign-login'] },
      from: '2026-02-12',
      mustMatch: [
        {
          shows: 'OpenClaw with the Antigravity login',
          zh: 'OpenClaw 使用 Antigravity 的登录',
          text: 'hello',
          client: 'openclaw',
          signals: ['foreign-login'],
        },
      ],
      mustNotMatch: [
        { shows: 'Google’s own program', zh: 'Google 自己的程序', text: 'fix the test', client: 'gemini-cli' },
      ],
      appeal: APPEAL,
      enforcement:
        'Mass bans from 12 February 2026; 403 "This service has been disabled in this account for violation of Terms of Service".',
      advice: 'Use an AI Studio API key in other tools.',
      zh: {
        title: '其他程序的登录',
        says: 'Antigravity 或 Gemini CLI 的登录不得用于其他软件；所举例子为 OpenClaw。',
        appeal: 'Antigravity 内的申诉表单，403 响应中有说明；有用户反映约 48 小时后解封（2026 年 4 月）。',
        enforcement:
          '自 2026 年 2 月 12 日起大规模封禁；403 “This service has been disabled in this account for violation of Terms of Service”。',
        advice: '在其他工具中请使用 AI Studio 的 API 密钥。',
        doubt: '系第 6 条的转引。',
      },
    },
  ],
  notKnown: ['No rule limits these plans to coding, so nothing is flagged by task.'],
  zh: { notKnown: ['没有规则将这些套餐限于编程，因此不按任务标记。'] },
};
