import type { ErrorCode } from '../../core/error-code.ts';
import { text } from '../../core/text.ts';
import { ADVICE, only } from './advice.ts';
import { LINKS, report, TABLE, TABLE_CN, USAGE_POLICY } from './glm-sources.ts';

/** Codes 1309, 1311 and 1313-1315, and 3012: the plan, its terms, its keys. */
export const glmPlanCodes: readonly ErrorCode[] = [
  {
    code: '1309',
    class: 'plan-config',
    title: text('Coding plan expired', '编程套餐已到期'),
    meaning: text('The coding plan of this key has ended.', '此密钥的编程套餐已到期。'),
    retry: 'after-fix',
    remedies: [ADVICE.renew],
    statuses: [429],
    signs: [{ says: 'coding plan has expired' }, { says: '编程套餐已到期' }],
    states: 'plan-ended',
    links: [LINKS.plan],
    sources: [TABLE, TABLE_CN],
  },
  {
    code: '1311',
    class: 'plan-config',
    title: text('Model not in this plan', '套餐不包含此模型'),
    meaning: text('The plan does not include the model that was asked for.', '套餐不包含所请求的模型。'),
    retry: 'after-fix',
    remedies: [ADVICE.checkModel],
    statuses: [429],
    states: 'model-not-included',
    links: [LINKS.plan],
    sources: [TABLE, TABLE_CN],
  },
  {
    code: '1313',
    class: 'policy-stop',
    title: text('Fair-use restriction', '公平使用限制'),
    meaning: text(
      'The provider says that the account’s usage pattern does not comply with its Fair Usage Policy and has limited it. This is a decision about the account, not about load: every request of the key is refused, and going on can make it last longer.',
      '服务商表示账户的使用模式不符合公平使用政策，已限制其请求频率。这是针对账户的决定，与负载无关：该密钥的所有请求都会被拒绝，继续请求可能延长限制。',
    ),
    retry: 'stop',
    remedies: [
      only(
        'stop-traffic',
        'Stop all traffic of this key for at least an hour. Do not retry by machine and do not change keys.',
        '停止此密钥的所有流量至少一小时。不要自动重试，也不要更换密钥。',
      ),
      only(
        'appeal',
        'Ask for the restriction to be lifted: console, Plan Overview, request at the top of the page. Support asks for the plan, the usage scenario, whether requests were scripted or frequent, and whether several devices were used.',
        '申请解除限制：个人中心 → 编程套餐总览 → 顶部申请解除限制。支持人员会询问套餐、使用场景、是否脚本化或高频、是否多设备。',
        LINKS.plan,
      ),
    ],
    statuses: [429],
    signs: [{ says: 'fair usage policy' }, { says: '公平使用' }],
    states: 'policy-decision',
    notKnown: [
      text(
        'Which use led to it is not said. The provider publishes neither its criteria nor a counter of violations.',
        '未说明是哪种使用导致的。服务商既未公布标准，也未公布违规次数。',
      ),
    ],
    links: [LINKS.plan, LINKS.overviewCn, LINKS.policy, LINKS.policyCn],
    sources: [
      TABLE,
      TABLE_CN,
      USAGE_POLICY,
      report(
        'https://github.com/zai-org/GLM-5/issues/68',
        '2026-05-07',
        'Answers of the provider’s staff in one thread.',
      ),
      report('https://github.com/zai-org/GLM-5/issues/77', '2026-06-10'),
    ],
  },
  {
    code: '1314',
    class: 'plan-config',
    title: text('Company package expired', '企业套餐已到期'),
    meaning: text('The company’s package has ended.', '企业套餐已到期。'),
    retry: 'after-fix',
    remedies: [
      only('check-plan', 'Ask the administrator of the company account to renew it.', '请企业账户管理员续订。'),
    ],
    statuses: [429],
    states: 'plan-ended',
    sources: [TABLE, TABLE_CN],
  },
  {
    code: '1315',
    class: 'plan-config',
    title: text('Key is for the company coding package only', '密钥仅限企业编程套餐'),
    meaning: text(
      'This key may be used with the company coding package only; personal endpoints refuse it.',
      '此密钥只能用于企业编程套餐，个人接口会拒绝。',
    ),
    retry: 'after-fix',
    remedies: [ADVICE.checkEndpoint, ADVICE.useKey],
    statuses: [429],
    starts: { 'wrong-endpoint': 1.8 },
    sources: [TABLE, TABLE_CN],
  },
  {
    code: '3012',
    class: 'client-not-allowed',
    policyEvent: true,
    title: text('Blocked because of unusual activity', '因异常活动被拦截'),
    meaning: text(
      'The gateway of the ZCode Start Plan blocked the request. It serves the provider’s own client only; other programs were locked out within seconds.',
      'ZCode Start Plan 网关拦截了请求。它只服务自家客户端，其他程序会在数秒内被封。',
    ),
    retry: 'stop',
    remedies: [
      ADVICE.stop,
      only(
        'change-client',
        'Use this plan in ZCode only; for other agents take a GLM Coding Plan key.',
        '此套餐只在 ZCode 中使用；其他智能体请使用 GLM Coding Plan 密钥。',
      ),
      only('appeal', 'Ask the provider’s support to lift the block.', '请服务商支持解除拦截。'),
    ],
    statuses: [405],
    signs: [{ says: 'request has been blocked due to unusual activity' }],
    states: 'client-not-served',
    sources: [report('https://github.com/zai-org/feedback/issues/716', '2026-09-19')],
  },
];
