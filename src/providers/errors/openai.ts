import type { ErrorCatalogue } from '../../core/error-code.ts';
import { ADVICE, only } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const code = vendorCodes({ url: 'https://developers.openai.com/api/docs/guides/error-codes', readOn: '2026-09-07' });
const reported = vendorCodes({
  url: 'https://developers.openai.com/codex/pricing',
  readOn: '2026-06-30',
  doubt: 'The error’s fields were captured by users (2026-05); the page speaks of the limits only.',
});

/** OpenAI's API, and Codex with a ChatGPT plan. */
export const openaiErrors: ErrorCatalogue = {
  id: 'openai',
  name: 'OpenAI',
  providerIds: ['openai', 'codex'],
  codes: [
    reported(
      'usage_limit_reached',
      'window-exhausted',
      ['ChatGPT plan’s window used up', 'ChatGPT 套餐额度已用完'],
      [
        'A window of the ChatGPT plan is used up until the time in resets_at. Which one (five hours or a week) the headers tell.',
        'ChatGPT 套餐的某个额度已用完，直到 resets_at 所示时间。响应头会说明是 5 小时还是每周额度。',
      ],
      {
        statuses: [429],
        type: 'usage_limit_reached',
        says: ['the usage limit has been reached', "you've hit your usage limit"],
        remedies: [ADVICE.waitForReset, only('top-up', 'Buy credits for the plan.', '为套餐购买额度。')],
        states: 'window-used-up',
      },
    ),
    reported(
      'usage_not_included',
      'plan-config',
      ['Codex is not part of this plan', '套餐不包含 Codex'],
      ['The ChatGPT plan behind the login does not include Codex.', '登录所属的 ChatGPT 套餐不包含 Codex。'],
      {
        statuses: [403, 429],
        type: 'usage_not_included',
        remedies: [ADVICE.checkPlan, ADVICE.apiKey],
        starts: { 'model-not-included': 1.2 },
      },
    ),
    code(
      'rate_limit_exceeded',
      'account-rate',
      ['Rate limit', '速率限制'],
      [
        'Too many requests or tokens in a minute for this organisation and model.',
        '该组织对此模型在一分钟内的请求或令牌过多。',
      ],
      {
        statuses: [429],
        says: ['rate limit reached for', 'requests per min', 'tokens per min'],
        remedies: [ADVICE.backOff, ADVICE.slowDown],
      },
    ),
    code(
      'slow_down',
      'account-rate',
      ['Slow down', '请放慢速度'],
      ['Traffic of this organisation grew too suddenly.', '该组织的流量增长过快。'],
      { statuses: [429, 503], remedies: [ADVICE.slowDown, ADVICE.backOff], starts: { 'request-rate': 0.6 } },
    ),
    code(
      'insufficient_quota',
      'window-exhausted',
      ['No credit left', '额度不足'],
      [
        'The prepaid credit or the monthly budget of the API account is used up.',
        'API 账户的预付额度或每月预算已用完。',
      ],
      {
        statuses: [429],
        says: ['you exceeded your current quota'],
        type: 'insufficient_quota',
        retry: 'after-fix',
        remedies: [ADVICE.topUp],
        states: 'balance-empty',
      },
    ),
    ...[
      ['credit_balance_exhausted', 'Prepaid credit used up', '预付额度已用完'],
      ['organization_spend_limit_exceeded', 'Organisation’s spending cap reached', '组织达到消费上限'],
      ['project_spend_limit_exceeded', 'Project’s spending cap reached', '项目达到消费上限'],
      ['organization_usage_limit_exceeded', 'Organisation’s usage limit reached', '组织达到用量上限'],
    ].map(([id, en, zh], i) =>
      code(
        id!,
        'window-exhausted',
        [en!, zh!],
        [
          'What the account may spend is used up; requests are refused until that changes.',
          '账户可用额度已用完；在变更之前请求都会被拒绝。',
        ],
        {
          statuses: [429],
          retry: 'after-fix',
          remedies: [i === 0 ? ADVICE.topUp : ADVICE.askAdmin],
          states: i === 0 ? 'balance-empty' : 'window-used-up',
        },
      ),
    ),
    code(
      'invalid_api_key',
      'plan-config',
      ['Key not accepted', '密钥不被接受'],
      ['The key or login is wrong or expired.', '密钥或登录错误或已过期。'],
      {
        statuses: [401],
        says: ['incorrect api key provided', 'invalid authentication', 'token is expired'],
        aliases: ['token_expired', 'invalid_authentication'],
        remedies: [ADVICE.useKey, ADVICE.logIn],
        starts: { 'key-refused': 1.2 },
      },
    ),
    code(
      'unsupported_country_region_territory',
      'client-not-allowed',
      ['Region not served', '不支持的地区'],
      ['The provider does not serve the country the request comes from.', '服务商不服务请求来源的国家或地区。'],
      {
        statuses: [403],
        says: ['country, region, or territory not supported'],
        remedies: [ADVICE.network],
        starts: { 'client-not-served': 0.4 },
        states: 'client-not-served',
      },
    ),
    code(
      'model_not_found',
      'plan-config',
      ['Model not available', '模型不可用'],
      ['The model does not exist, or this account may not use it.', '模型不存在，或此账户无权使用。'],
      {
        statuses: [404, 400],
        says: ['does not exist or you do not have access', 'model is not supported'],
        remedies: [ADVICE.checkModel],
        starts: { 'model-not-included': 1.6 },
      },
    ),
    code(
      'context_length_exceeded',
      'bad-request',
      ['Conversation too long', '对话过长'],
      ['The request is longer than the model takes.', '请求长度超过模型上限。'],
      {
        statuses: [400],
        says: ['maximum context length', 'exceeds the context window'],
        remedies: [ADVICE.compact],
        starts: { 'request-too-long': 2 },
      },
    ),
    code(
      'invalid_prompt',
      'content',
      ['Prompt refused', '提示词被拒'],
      ['The provider’s usage-policy check refused the prompt.', '服务商的使用政策检查拒绝了该提示词。'],
      { statuses: [400], remedies: [ADVICE.rephrase] },
    ),
    code(
      'server_error',
      'provider-fault',
      ['Internal error', '内部错误'],
      ['Something failed inside the provider.', '服务商内部出错。'],
      { statuses: [500], type: 'server_error', remedies: [ADVICE.tryLater] },
    ),
    code(
      'server_overloaded',
      'platform-overload',
      ['Overloaded', '过载'],
      ['The provider has too much to do, for everybody.', '服务商当前负载过高，影响所有人。'],
      {
        statuses: [503],
        aliases: ['server_is_overloaded', 'engine_overloaded'],
        says: ['currently overloaded', 'at capacity'],
        remedies: [ADVICE.backOff, ADVICE.otherModel],
      },
    ),
  ],
};
