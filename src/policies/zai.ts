import type { PolicyPack, Rule } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';
import { OFF_TASK, ON_TASK } from './examples.ts';

const OVERVIEW = 'https://docs.z.ai/devpack/overview';
const POLICY = 'https://docs.z.ai/devpack/usage-policy';
const TERMS = 'https://docs.z.ai/legal-agreement/subscription-terms';
const NOTES_CN = 'https://docs.bigmodel.cn/cn/coding-plan/usage-notes';
const TOOLS_CN = 'https://docs.bigmodel.cn/cn/coding-plan/tool/others';

const APPEAL =
  'Console, Plan Overview: the risk notice there has an appeal button (https://z.ai/manage-apikey/coding-plan/personal/my-plan). Error 1313 says "submit a request" and means the same page. Support: user_feedback@z.ai (named by users, not by the documentation).';
const APPEAL_CN =
  '控制台「套餐概览」查看风控提示并发起申诉 (https://bigmodel.cn/coding-plan/personal/overview); official support for objections to a permanent ban.';
const NO_CAPTURE =
  'Press of 20 April 2026 tied a wave of 1302/1303 errors to non-coding use; no capture shows how or whether topics are classified. Error 1313 is the known stop.';

const task = {
  title: 'Task scope',
  match: { by: 'task' },
  mustMatch: OFF_TASK,
  mustNotMatch: ON_TASK,
} as const;
const unlisted = {
  title: 'Tool scope',
  match: { by: 'tool', standing: ['unlisted', 'unsupported'] },
  mustMatch: [
    {
      shows: 'a coding tool the list does not name',
      zh: '清单未列入的编程工具',
      text: 'fix the failing test',
      client: 'aider',
    },
  ],
  mustNotMatch: [
    { shows: 'a listed tool', zh: '清单内的工具', text: 'fix the failing test', client: 'claude-code' },
    { shows: 'a best-effort agent', zh: '尽力支持的智能体', text: 'fix the failing test', client: 'openclaw' },
    { shows: 'nobody knows who sent it', zh: '不清楚由谁发出', text: 'fix the failing test', client: 'unknown' },
  ],
} as const;

const rules: readonly Rule[] = [
  {
    ...task,
    id: 'task-scope',
    says: 'The plan is for coding: its benefits may not be used in "unsupported scenarios", which the text does not define.',
    quote: 'The subscriber shall not use the subscription benefits in any unsupported tools or scenarios.',
    source: {
      url: OVERVIEW,
      readOn: '2026-09-07',
      doubt:
        'April named "coding scenarios"; this wording says "scenarios" beside "designed specifically for AI-powered coding". Other tasks in a supported tool are not named.',
    },
    severity: 'warning',
    from: '2026-05-01',
    providers: ['zai'],
    appeal: APPEAL,
    enforcement: NO_CAPTURE,
    advice: 'Send other tasks through an API key or another provider. If this was coding, mark it so.',
    zh: {
      title: '任务范围',
      says: '套餐用于编程：其权益不得用于“不受支持的场景”，条文未对此作出定义。',
      appeal:
        '控制台「套餐概览」：风控提示处有申诉按钮（https://z.ai/manage-apikey/coding-plan/personal/my-plan）。错误 1313 所说的“submit a request”即指该页面。客服：user_feedback@z.ai（由用户提供，文档未列出）。',
      enforcement:
        '2026 年 4 月 20 日的报道将一波 1302/1303 错误与非编程使用联系起来；没有抓包显示主题是否被分类、如何分类。已知的停用是错误 1313。',
      advice: '其他任务请通过 API 密钥或其他服务商发送。若这确是编程，请标为编程。',
      doubt: '4 月写的是“编程场景”；现表述为“场景”，并称“专为 AI 编程设计”。条文未提在受支持工具中做其他任务的情况。',
    },
  },
  {
    ...task,
    id: 'task-scope:cn',
    says: 'The benefits may not be used for tools or scenarios outside the official list; "scenarios" is not defined further.',
    quote: '用户不得将订阅权益用于以下范围之外的工具或场景。',
    source: { url: TOOLS_CN, readOn: '2026-09-07', doubt: 'The list behind it names tools, not tasks.' },
    severity: 'warning',
    from: '2026-05-01',
    providers: ['bigmodel'],
    appeal: APPEAL_CN,
    enforcement: NO_CAPTURE,
    advice: 'Send other tasks through an API key or another provider. If this was coding, mark it so.',
    zh: {
      title: '任务范围',
      says: '权益不得用于官方清单之外的工具或场景；“场景”未作进一步定义。',
      appeal:
        '控制台「套餐概览」查看风控提示并发起申诉（https://bigmodel.cn/coding-plan/personal/overview）；对永久封禁有异议可联系官方客服。',
      enforcement:
        '2026 年 4 月 20 日的报道将一波 1302/1303 错误与非编程使用联系起来；没有抓包显示主题是否被分类、如何分类。已知的停用是错误 1313。',
      advice: '其他任务请通过 API 密钥或其他服务商发送。若这确是编程，请标为编程。',
      doubt: '其后的清单列的是工具，不是任务。',
    },
  },
  {
    ...task,
    id: 'task-scope:2026-04',
    says: 'Requests clearly unrelated to coding may lose benefits until normal coding use resumes.',
    quote: 'requests clearly unrelated to coding scenarios, certain subscription benefits may be restricted',
    source: { url: POLICY, readOn: '2026-04-20', doubt: 'Replaced in May 2026; two variants were seen.' },
    severity: 'serious',
    from: '2026-04-01',
    until: '2026-05-01',
    appeal: 'Support, as the text of April said: "You can contact our support team to request a review".',
    enforcement: 'Three or more violations "will result in an account ban" in this wording. ' + NO_CAPTURE,
    advice: 'It no longer stands; the wording of May and July does.',
    zh: {
      title: '任务范围',
      says: '明显与编程无关的请求可能失去部分权益，直至恢复正常的编程使用。',
      appeal: '联系客服；4 月条文写道：“You can contact our support team to request a review”。',
      enforcement:
        '此表述称三次及以上违规“will result in an account ban”。2026 年 4 月 20 日的报道将一波 1302/1303 错误与非编程使用联系起来；没有抓包显示如何分类。',
      advice: '该表述已失效；以 5 月和 7 月的表述为准。',
      doubt: '2026 年 5 月被取代；曾见两个版本。',
    },
  },
  {
    ...unlisted,
    id: 'tool-scope',
    says: 'The plan may only be used in officially supported tools and products.',
    quote: 'The GLM Coding Plan is strictly limited to use within officially supported tools and products.',
    source: { url: POLICY, readOn: '2026-09-07' },
    severity: 'warning',
    from: '2026-05-01',
    providers: ['zai'],
    appeal: APPEAL,
    enforcement:
      'Benefits restricted for SDK-based access and third-party integrations (May 2026 text); identity sentences of unlisted agents answered with 1302/1305 in measured cases (June-July 2026).',
    advice: 'Use a listed tool with the plan key, and an API key for the others.',
    zh: {
      title: '工具范围',
      says: '套餐只能在官方支持的工具和产品中使用。',
      appeal:
        '控制台「套餐概览」：风控提示处有申诉按钮（https://z.ai/manage-apikey/coding-plan/personal/my-plan）。错误 1313 所说的“submit a request”即指该页面。客服：user_feedback@z.ai（由用户提供，文档未列出）。',
      enforcement:
        '通过 SDK 访问和第三方集成会被限制权益（2026 年 5 月条文）；实测中，带有未列出智能体身份语句的请求得到 1302/1305（2026 年 6 至 7 月）。',
      advice: '套餐密钥请用于清单内的工具，其余工具请用 API 密钥。',
    },
  },
  {
    ...unlisted,
    id: 'tool-scope:cn',
    says: 'The plan may only be used in the listed tools and products; other use has its benefits restricted.',
    quote: 'GLM Coding Plan 仅限在指定工具与产品环境中使用，用于非支持工具将被限制权益。',
    source: { url: NOTES_CN, readOn: '2026-09-07' },
    severity: 'warning',
    from: '2026-05-01',
    providers: ['bigmodel'],
    appeal: APPEAL_CN,
    enforcement: 'As for the international plan; the Chinese text adds manual review before a permanent ban.',
    advice: 'Use a listed tool with the plan key, and an API key for the others.',
    zh: {
      title: '工具范围',
      says: '套餐仅限在指定的工具与产品中使用；其他使用将被限制权益。',
      appeal:
        '控制台「套餐概览」查看风控提示并发起申诉（https://bigmodel.cn/coding-plan/personal/overview）；对永久封禁有异议可联系官方客服。',
      enforcement: '与国际版套餐相同；中文条文另写明永久封禁前有人工审核。',
      advice: '套餐密钥请用于清单内的工具，其余工具请用 API 密钥。',
    },
  },
  {
    id: 'best-effort-tools',
    title: 'Best-effort tools',
    says: 'General agents are served on a best-effort basis, behind coding agents, with queues and limits.',
    quote: 'best-effort',
    source: { url: 'https://docs.z.ai/devpack/tool/openclaw', readOn: '2026-09-07', doubt: 'Read as a quotation.' },
    severity: 'info',
    match: { by: 'tool', standing: ['best-effort'] },
    from: '2026-05-01',
    mustMatch: [{ shows: 'a general agent', zh: '通用智能体', text: 'fix the failing test', client: 'openclaw' }],
    mustNotMatch: [{ shows: 'a coding agent', zh: '编程智能体', text: 'fix the failing test', client: 'cline' }],
    appeal: 'Not needed: it is allowed, only slower.',
    enforcement: 'Queues and 1305 errors in busy hours.',
    advice:
      'Expect waits at peak hours; coding turns of such an agent are in scope, its mail and calendar turns are not.',
    zh: {
      title: '尽力而为的工具',
      says: '通用智能体按尽力而为提供服务，排在编程智能体之后，会排队并受限。',
      appeal: '无需申诉：允许使用，只是更慢。',
      enforcement: '高峰时段会排队并出现 1305 错误。',
      advice: '高峰时段请预期等待；这类智能体的编程轮次在范围内，邮件和日历轮次不在。',
      doubt: '系转引。',
    },
  },
  {
    id: 'direct-api',
    title: 'Direct API use',
    says: 'The plan key is no general API key: not for own applications, bots, sites, scripts or batches.',
    quote: 'directly invoking model APIs from your own applications, bots, websites, SaaS products',
    source: { url: TERMS, readOn: '2026-09-07' },
    severity: 'serious',
    match: { by: 'signal', anyOf: ['raw-api', 'batch'] },
    from: '2026-05-01',
    mustMatch: [
      { shows: 'a bare SDK', zh: '直接使用 SDK', text: 'Summarise this ticket', signals: ['raw-api'] },
      { shows: 'one template many times', zh: '同一模板多次使用', text: 'Classify: good or bad?', signals: ['batch'] },
    ],
    mustNotMatch: [{ shows: 'an agent at work', zh: '工作中的智能体', text: 'Summarise this ticket', client: 'cline' }],
    appeal: APPEAL,
    enforcement:
      'Error 1313 after templated prompts with a tiny max_tokens (measured, 2026); staff named curl and direct calls as triggers.',
    advice: 'Use a pay-as-you-go key at https://api.z.ai/api/paas/v4 for programs of your own.',
    zh: {
      title: '直接调用 API',
      says: '套餐密钥不是通用 API 密钥：不得用于自己的应用、机器人、网站、脚本或批处理。',
      appeal:
        '控制台「套餐概览」：风控提示处有申诉按钮（https://z.ai/manage-apikey/coding-plan/personal/my-plan）。错误 1313 所说的“submit a request”即指该页面。客服：user_feedback@z.ai（由用户提供，文档未列出）。',
      enforcement:
        '模板化提示词配合很小的 max_tokens 后出现错误 1313（2026 年实测）；官方人员称 curl 和直接调用会触发。',
      advice: '自己的程序请使用 https://api.z.ai/api/paas/v4 的按量计费密钥。',
    },
  },
  {
    id: 'one-person',
    title: 'One person',
    says: 'The subscription is for the subscriber alone; accounts and keys are not shared.',
    quote:
      'intended for individual use by the subscriber. If multiple users share the same account and subscription, it may be considered improper usage.',
    source: { url: POLICY, readOn: '2026-09-07' },
    severity: 'serious',
    match: { by: 'signal', anyOf: ['several-people'] },
    mustMatch: [
      {
        shows: 'two people on one key',
        zh: '两人共用一个密钥',
        text: 'fix the failing test',
        signals: ['several-people'],
      },
    ],
    mustNotMatch: [
      {
        shows: 'one person, two agents',
        zh: '一人使用两个智能体',
        text: 'fix the failing test',
        client: 'claude-code',
      },
    ],
    appeal: APPEAL,
    enforcement: 'Staff named sharing and many devices as triggers of 1313 (GLM-5 issue 68, May 2026).',
    advice: 'One subscription per person, or a team plan.',
    zh: {
      title: '仅限本人',
      says: '订阅仅供订阅者本人使用；账号和密钥不得共享。',
      appeal:
        '控制台「套餐概览」：风控提示处有申诉按钮（https://z.ai/manage-apikey/coding-plan/personal/my-plan）。错误 1313 所说的“submit a request”即指该页面。客服：user_feedback@z.ai（由用户提供，文档未列出）。',
      enforcement: '官方人员称共享和多设备使用会触发 1313（GLM-5 issue 68，2026 年 5 月）。',
      advice: '每人一份订阅，或使用团队套餐。',
    },
  },
  {
    id: 'no-resale',
    title: 'No resale or relaying',
    says: 'The plan may not be resold, repackaged or proxied to any third party.',
    quote:
      'resell, sub-resell, repackage, aggregate, proxy or otherwise provide the GLM Coding Plan to any third party',
    source: {
      url: TERMS,
      readOn: '2026-09-07',
      doubt: 'A relay on your own machine serves nobody else; no document speaks of one, for or against.',
    },
    severity: 'serious',
    match: { by: 'signal', anyOf: ['forwarded'] },
    mustMatch: [
      {
        shows: 'somebody else’s gateway in front',
        zh: '前面有他人的网关',
        text: 'fix the failing test',
        signals: ['forwarded'],
      },
    ],
    mustNotMatch: [{ shows: 'the own machine', zh: '自己的设备', text: 'fix the failing test', client: 'opencode' }],
    appeal: APPEAL_CN,
    enforcement: 'Permanent bans for 倒卖, 中转, 套利 with several signals and human review (usage notes, 2026).',
    advice: 'Keep plan keys on your own machine; Planward listens on loopback only.',
    zh: {
      title: '不得转售或中转',
      says: '套餐不得转售、重新打包或代理给任何第三方。',
      appeal:
        '控制台「套餐概览」查看风控提示并发起申诉（https://bigmodel.cn/coding-plan/personal/overview）；对永久封禁有异议可联系官方客服。',
      enforcement: '对倒卖、中转、套利，在多项迹象和人工审核后永久封禁（使用须知，2026 年）。',
      advice: '套餐密钥请留在自己的机器上；Planward 只监听本机回环地址。',
      doubt: '在自己机器上的中继不服务他人；没有文件提到它，无论赞成或反对。',
    },
  },
];

/** Z.AI and BigModel: the wording of April, May and July to September 2026. */
export const zai: PolicyPack = {
  id: 'zai',
  name: 'GLM Coding Plan',
  vendor: 'Z.AI',
  providers: ['zai', 'bigmodel'],
  version: '2026-09-07',
  tools: [
    ...toolsNamed(
      'supported',
      'claude-code claude-for-ide zcode opencode pi cursor cline trae qoder droid kilo-code roo-code crush goose eigent codex',
    ),
    ...toolsNamed('best-effort', 'openclaw hermes-agent sillytavern'),
  ],
  rules,
  strikes: {
    moreThan: 3,
    note: '"Accounts with more than three violations may be banned" (July to September 2026; April said "three or more ... will"). The provider publishes no counter.',
  },
  notKnown: [
    'How, or whether, requests that are not coding are detected.',
    'Whether rules differ between prompt plans (V1/V2) and credit plans: no text says so.',
    'Whether errors 1302 and 1305 have anything to do with violations.',
    'What the terms say after 2026-09-07.',
  ],
  zh: {
    notKnown: [
      '非编程请求是否被检测、如何检测。',
      '旧版按次套餐（V1/V2）与积分套餐的规则是否不同：没有条文提及。',
      '错误 1302 和 1305 是否与违规有关。',
      '2026-09-07 之后的条款内容。',
    ],
    strikes:
      '“Accounts with more than three violations may be banned”（2026 年 7 至 9 月；4 月写的是“three or more … will”）。服务商不公布计数。',
  },
};
