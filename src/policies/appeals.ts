import type { Appeal, AppealRoute } from '../core/appeal.ts';
import { text } from '../core/text.ts';

const SEEN = '2026-09-07';

const ASKED_BY_STAFF = [
  text('Which plan is it?', '使用的是哪个套餐？'),
  text('What is it used for, and in which tools?', '用于什么场景、在哪些工具中使用？'),
  text('Are any requests scripted or unusually frequent?', '是否有脚本化或高频请求？'),
  text(
    'Is it used on several devices, over a VPN, or by several people?',
    '是否在多台设备上使用、是否通过 VPN、是否多人共用？',
  ),
];

const GITHUB: AppealRoute = {
  kind: 'public',
  says: text(
    'Staff have answered in the GitHub issues of zai-org/GLM-5. That is public: put no key, e-mail or request body there.',
    '官方人员曾在 GitHub 的 zai-org/GLM-5 issues 中回复。该处公开：请勿贴出密钥、邮箱或请求内容。',
  ),
  to: 'https://github.com/zai-org/GLM-5/issues/68',
  source: { url: 'https://github.com/zai-org/GLM-5/issues/68', readOn: SEEN },
};

const OUTCOMES = text(
  'Reported so far: one key restored the next day (May 2026), another still stopped after 17 days (April 2026).',
  '已知案例：一例次日恢复（2026 年 5 月），另一例 17 天后仍未恢复（2026 年 4 月）。',
);

/** Where to object, by provider. A new one is an entry here. */
const appeals: readonly Appeal[] = [
  {
    providers: ['zai'],
    routes: [
      {
        kind: 'console',
        says: text(
          'Console, Plan Overview: the risk notice there has an appeal button.',
          '控制台「套餐概览」：风控提示处有申诉按钮。',
        ),
        to: 'https://z.ai/manage-apikey/coding-plan/personal/my-plan',
        source: { url: 'https://docs.z.ai/devpack/overview', readOn: SEEN },
      },
      {
        kind: 'e-mail',
        says: text(
          'Support by e-mail; users name this address, the documentation does not.',
          '客服邮箱；由用户提供，官方文档未列出。',
        ),
        to: 'user_feedback@z.ai',
        source: {
          url: 'https://github.com/openclaw/openclaw/issues/73780',
          readOn: SEEN,
          doubt: 'Named by users only.',
        },
      },
      GITHUB,
    ],
    asked: ASKED_BY_STAFF,
    outcomes: OUTCOMES,
  },
  {
    providers: ['bigmodel'],
    routes: [
      {
        kind: 'console',
        says: text(
          'Console, plan overview: see the risk notice and start an appeal there.',
          '控制台「套餐概览」查看风控提示并发起申诉。',
        ),
        to: 'https://bigmodel.cn/coding-plan/personal/overview',
        source: { url: 'https://docs.bigmodel.cn/cn/coding-plan/usage-notes', readOn: SEEN },
      },
      GITHUB,
    ],
    asked: ASKED_BY_STAFF,
    outcomes: OUTCOMES,
  },
  {
    providers: ['anthropic'],
    routes: [
      {
        kind: 'form',
        says: text('The appeal form that the suspension e-mail links to.', '封禁邮件中链接的申诉表单。'),
        source: {
          url: 'https://github.com/anthropics/claude-code/issues/51670',
          readOn: '2026-09-19',
          doubt: 'Told by users.',
        },
      },
    ],
    asked: [],
    outcomes: text('Weeks without an answer are reported.', '有用户反映数周未获答复。'),
  },
  {
    providers: ['gemini', 'antigravity'],
    routes: [
      {
        kind: 'form',
        says: text(
          'The appeal form that the 403 answer names, inside Antigravity.',
          '403 响应中给出的、Antigravity 内的申诉表单。',
        ),
        source: {
          url: 'https://antigravity.google/terms',
          readOn: '2026-09-19',
          doubt: 'The form is told of by users.',
        },
      },
    ],
    asked: [],
    outcomes: text(
      'Unlocks after about 48 hours are reported (April 2026).',
      '有用户反映约 48 小时后解封（2026 年 4 月）。',
    ),
  },
  {
    providers: ['kimi'],
    routes: [
      {
        kind: 'e-mail',
        says: text('Support by e-mail.', '客服邮箱。'),
        to: 'support@moonshot.ai',
        source: { url: 'https://www.kimi.com/code/docs/en/kimi-code/error-reference.html', readOn: '2026-09-01' },
      },
      {
        kind: 'e-mail',
        says: text('For false positives.', '用于误判申诉。'),
        to: 'code@moonshot.ai',
        source: { url: 'https://www.kimi.com/code/docs/en/kimi-code/error-reference.html', readOn: '2026-09-01' },
      },
    ],
    asked: [],
  },
  {
    providers: ['alibaba', 'alibaba-intl'],
    routes: [
      {
        kind: 'ticket',
        says: text('A ticket in the Alibaba Cloud console.', '在阿里云控制台提交工单。'),
        source: {
          url: 'https://www.alibabacloud.com/help/ja/model-studio/other-tools-coding-plan',
          readOn: '2026-03-28',
          doubt: 'No page names an appeal; a ticket is the general way.',
        },
      },
    ],
    asked: [],
  },
];

/** How to object to a stop of a provider; undefined where nobody found out. */
export function appealFor(providerId: string): Appeal | undefined {
  return appeals.find(({ providers }) => providers.includes(providerId));
}
