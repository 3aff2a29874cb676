import type { ErrorCatalogue } from '../../core/error-code.ts';
import { ADVICE, only } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const code = vendorCodes({
  url: 'https://www.kimi.com/code/docs/en/kimi-code/error-reference.html',
  readOn: '2026-09-07',
});
const platform = vendorCodes({
  url: 'https://platform.moonshot.ai/docs/pricing/limits',
  readOn: '2026-09-07',
  doubt: 'Names of the types were seen in reports; the page gives limits only.',
});

/** Kimi Code (plan) and Moonshot's Open Platform (paid by use). Mostly told by their words. */
export const kimiErrors: ErrorCatalogue = {
  id: 'kimi',
  name: 'Kimi / Moonshot',
  providerIds: ['kimi', 'moonshot'],
  codes: [
    code(
      'coding-agents-only',
      'client-not-allowed',
      ['Only coding agents on the list are served', '仅服务名单内的编程智能体'],
      [
        'On its OpenAI-style endpoint Kimi Code serves programs on its list only and did not recognise this one. Its Anthropic-style endpoint has no such list, as the documentation says.',
        'Kimi Code 的 OpenAI 格式接口只服务名单内的程序，未识别此程序。文档称其 Anthropic 格式接口没有此名单。',
      ],
      {
        statuses: [403],
        says: ['only available for coding agents'],
        remedies: [
          only(
            'change-client',
            'Use a listed coding agent, or the Anthropic-style endpoint https://api.kimi.com/coding/, which needs no listing.',
            '使用名单内的编程智能体，或改用无需名单的 Anthropic 格式接口 https://api.kimi.com/coding/。',
          ),
        ],
        states: 'client-not-served',
      },
    ),
    code(
      'access-terminated',
      'policy-stop',
      ['Access terminated', '访问已终止'],
      ['The provider ended access for breaking its community guidelines.', '服务商以违反社区准则为由终止了访问。'],
      {
        statuses: [403],
        says: ['access terminated.'],
        signs: [{ type: 'access_terminated_error' }],
        aliases: ['access_terminated_error'],
        remedies: [
          ADVICE.stop,
          only(
            'appeal',
            'Write to support@moonshot.ai; for mistakes, code@moonshot.ai.',
            '致信 support@moonshot.ai；误判请联系 code@moonshot.ai。',
          ),
        ],
        states: 'policy-decision',
      },
    ),
    code(
      'five-hour-limit',
      'window-exhausted',
      ['Five-hour window used up', '5 小时额度已用完'],
      ['The plan’s five-hour window is used up.', '套餐的 5 小时额度已用完。'],
      {
        statuses: [429, 403],
        says: ["you've reached your usage limit for this period", '5-hour usage limit'],
        remedies: [ADVICE.waitForReset],
        states: 'window-used-up',
      },
    ),
    code(
      'billing-cycle-limit',
      'window-exhausted',
      ['Weekly window used up', '每周额度已用完'],
      ['The plan’s weekly allowance (its billing cycle) is used up.', '套餐的每周额度（计费周期）已用完。'],
      {
        statuses: [403],
        says: ['usage limit for this billing cycle'],
        remedies: [ADVICE.waitForReset],
        states: 'window-used-up',
      },
    ),
    code(
      'monthly-limit',
      'window-exhausted',
      ['Monthly quota used up', '每月额度已用完'],
      ['The monthly quota that all of Kimi shares is used up.', '所有 Kimi 产品共享的每月额度已用完。'],
      {
        statuses: [429],
        says: ['kimi monthly usage limit'],
        remedies: [ADVICE.waitForReset],
        states: 'window-used-up',
      },
    ),
    code(
      'rate_limit_reached_error',
      'account-rate',
      ['Too many requests', '请求过多'],
      [
        'Too many at once or in a burst; the plan takes about 30 at once.',
        '并发或突发请求过多；套餐约支持 30 个并发。',
      ],
      {
        statuses: [429],
        type: 'rate_limit_reached_error',
        says: ["we're receiving too many requests", 'receiving too many requests'],
        remedies: [ADVICE.slowDown, ADVICE.backOff],
      },
    ),
    code(
      'engine_overloaded_error',
      'platform-overload',
      ['Engine overloaded', '引擎过载'],
      [
        'The provider has too much to do, for everybody; weekdays 14:00-17:00 (UTC+8) are the worst.',
        '服务商当前负载过高，影响所有人；工作日 14:00-17:00（UTC+8）最严重。',
      ],
      {
        statuses: [429],
        type: 'engine_overloaded_error',
        says: ['the engine is currently overloaded'],
        remedies: [ADVICE.backOff, ADVICE.otherModel],
      },
    ),
    platform(
      'exceeded_current_quota_error',
      'window-exhausted',
      ['Balance or quota used up', '余额或额度不足'],
      ['The Open Platform account has no balance left.', '开放平台账户余额不足。'],
      {
        statuses: [429],
        type: 'exceeded_current_quota_error',
        says: ['exceeded your current token quota', 'insufficient balance'],
        retry: 'after-fix',
        remedies: [ADVICE.topUp],
        states: 'balance-empty',
      },
    ),
    code(
      'membership-not-verified',
      'plan-config',
      ['Membership could not be verified', '无法验证会员权益'],
      ['The membership behind the key could not be checked, or has ended.', '无法核验密钥的会员权益，或会员已到期。'],
      {
        statuses: [402],
        says: ['unable to verify your membership benefits'],
        retry: 'back-off',
        remedies: [ADVICE.checkPlan, ADVICE.tryLater],
        starts: { 'plan-ended': 0.2, 'plan-not-seen': -0.2 },
      },
    ),
    code(
      'key-invalid',
      'plan-config',
      ['Key invalid or expired', '密钥无效或已过期'],
      ['The key appears to be invalid or may have expired.', '密钥似乎无效或已过期。'],
      {
        statuses: [401],
        says: ['api key appears to be invalid'],
        remedies: [ADVICE.useKey],
        starts: { 'key-refused': 1.2, 'wrong-endpoint': -1 },
      },
    ),
    code(
      'invalid-authentication',
      'plan-config',
      ['Key of the other platform', '另一平台的密钥'],
      [
        'Mostly a key of the Open Platform on Kimi Code’s address, or the other way round; international and Chinese keys differ too.',
        '通常是把开放平台的密钥用在 Kimi Code 地址上，或相反；国际站与中国站密钥也不同。',
      ],
      {
        statuses: [401],
        says: ['invalid authentication'],
        aliases: ['invalid_authentication_error'],
        remedies: [ADVICE.checkEndpoint, ADVICE.useKey],
        starts: { 'wrong-endpoint': 0.8, 'key-refused': 0.2, 'wrong-region': -0.6 },
      },
    ),
    code(
      'model-not-found',
      'plan-config',
      ['Model not found or not permitted', '模型不存在或无权限'],
      ['The model does not exist at this address or the plan may not use it.', '此地址没有该模型，或套餐无权使用。'],
      {
        statuses: [404],
        says: ['not found the model'],
        aliases: ['resource_not_found_error'],
        remedies: [ADVICE.checkModel, ADVICE.checkEndpoint],
        starts: { 'model-not-included': 1, 'wrong-endpoint': -0.2 },
      },
    ),
    code(
      'high-risk',
      'content',
      ['Considered high risk', '被判定为高风险'],
      ['The provider’s filter considers the request high risk.', '服务商的过滤器将该请求判定为高风险。'],
      { statuses: [400], says: ['considered high risk', 'security risk'], remedies: [ADVICE.rephrase] },
    ),
    code(
      'too-long',
      'bad-request',
      ['Message or conversation too long', '消息或对话过长'],
      ['The request is larger than 2 MB or longer than the model takes.', '请求超过 2 MB 或超过模型上限。'],
      {
        statuses: [400],
        says: ['total message size', 'exceeded model token limit'],
        remedies: [ADVICE.compact],
        starts: { 'request-too-long': 2 },
      },
    ),
    code(
      'reasoning-missing',
      'bad-request',
      ['Reasoning text missing', '缺少推理内容'],
      [
        'Thinking is on, and the agent did not send the reasoning of earlier turns back.',
        '已开启思考，而智能体没有回传之前轮次的推理内容。',
      ],
      {
        statuses: [400],
        says: ['reasoning_content is missing'],
        remedies: [only('change-request', 'Update the agent or switch thinking off.', '更新智能体或关闭思考。')],
      },
    ),
  ],
};
