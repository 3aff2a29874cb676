import type { PolicyPack } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';

const LEGAL = 'https://code.claude.com/docs/en/legal-and-compliance';
const APPEAL =
  'The appeal form named in the suspension e-mail; weeks without an answer are reported (claude-code issues 51670, 63421).';

/** Anthropic Free, Pro and Max. No rule limits them to coding. */
export const anthropic: PolicyPack = {
  id: 'anthropic',
  name: 'Claude Pro and Max',
  vendor: 'Anthropic',
  providers: ['anthropic'],
  version: '2026-09-19',
  tools: toolsNamed('supported', 'claude-code claude-for-ide'),
  rules: [
    {
      id: 'foreign-login',
      title: 'Login of another program',
      says: 'A subscription login is for Claude Code and Anthropic’s own programs, not for other tools.',
      quote: 'designed to support ordinary use of Claude Code and other native Anthropic applications',
      source: {
        url: LEGAL,
        readOn: '2026-09-19',
        doubt:
          'A variant of February 2026 named the Agent SDK as not permitted; the later text names it as ordinary use.',
      },
      severity: 'serious',
      match: { by: 'signal', anyOf: ['foreign-login'] },
      from: '2026-02-17',
      mustMatch: [
        {
          shows: 'another agent with the subscription login',
          zh: '另一智能体使用订阅登录',
          text: 'fix the test',
          client: 'opencode',
          signals: ['foreign-login'],
        },
      ],
      mustNotMatch: [{ shows: 'its own program', zh: '其自己的程序', text: 'fix the test', client: 'claude-code' }],
      appeal: APPEAL,
      enforcement: 'Requests of other programs are refused or billed as extra usage (2026).',
      advice: 'Use an API key in other tools.',
      zh: {
        title: '其他程序的登录',
        says: '订阅登录用于 Claude Code 和 Anthropic 自己的程序，不用于其他工具。',
        appeal: '停用邮件中给出的申诉表单；有用户反映数周未获答复（claude-code issue 51670、63421）。',
        enforcement: '其他程序的请求被拒绝，或按额外用量计费（2026 年）。',
        advice: '在其他工具中请使用 API 密钥。',
        doubt: '2026 年 2 月的一个版本称 Agent SDK 不被允许；后来的条文将其列为普通使用。',
      },
    },
    {
      id: 'ordinary-use',
      title: 'Ordinary, individual use',
      says: 'Published limits assume that one person uses the plan in an ordinary way.',
      quote:
        'Advertised usage limits for Pro and Max plans assume ordinary, individual usage of Claude Code and the Agent SDK.',
      source: { url: LEGAL, readOn: '2026-09-19' },
      severity: 'warning',
      match: { by: 'signal', anyOf: ['several-people', 'forwarded'] },
      from: '2026-02-17',
      mustMatch: [{ shows: 'a shared login', zh: '共用的登录', text: 'fix the test', signals: ['several-people'] }],
      mustNotMatch: [
        {
          shows: 'sub-agents of one person',
          zh: '同一人的子智能体',
          text: 'fix the test',
          client: 'claude-code',
          turn: 'sub-agent',
        },
      ],
      appeal: APPEAL,
      enforcement: 'Account suspensions by e-mail.',
      advice: 'One login per person; an API key for services.',
      zh: {
        title: '普通的个人使用',
        says: '公布的额度以一人按普通方式使用为前提。',
        appeal: '停用邮件中给出的申诉表单；有用户反映数周未获答复（claude-code issue 51670、63421）。',
        enforcement: '以邮件通知停用账号。',
        advice: '一人一个登录；服务请用 API 密钥。',
      },
    },
  ],
  notKnown: [
    'Whether a relay on your own machine, reached through ANTHROPIC_BASE_URL with a subscription login, is spoken of anywhere.',
    'No rule limits these plans to coding, so nothing is flagged by task.',
  ],
  zh: {
    notKnown: [
      '在自己机器上、经 ANTHROPIC_BASE_URL 以订阅登录使用的中继是否在任何地方被提到。',
      '没有规则将这些套餐限于编程，因此不按任务标记。',
    ],
  },
};
