import type { ErrorCatalogue } from '../../core/error-code.ts';
import { ADVICE } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const code = vendorCodes({ url: 'https://www.alibabacloud.com/help/en/model-studio/rate-limit', readOn: '2026-09-07' });
const plan = vendorCodes({
  url: 'https://www.alibabacloud.com/help/en/model-studio/coding-plan-faq',
  readOn: '2026-09-07',
  doubt: 'The codes here are names of ours: the answers carry words only.',
});
const reported = vendorCodes({
  url: 'https://github.com/nearai/ironclaw/issues/1012',
  readOn: '2026-04-30',
  doubt: 'Reported by users of two programs; how a client is recognised is not published.',
});

/** Alibaba Cloud Model Studio (Bailian): Coding Plan, Token Plan and pay-as-you-go. Plan errors are told by their words. */
export const alibabaErrors: ErrorCatalogue = {
  id: 'alibaba',
  name: 'Alibaba Cloud Model Studio',
  providerIds: ['alibaba', 'alibaba-intl'],
  codes: [
    reported(
      'coding-agents-only',
      'client-not-allowed',
      ['Only coding agents are served', '仅服务编程智能体'],
      [
        'The Coding Plan serves interactive coding tools only and did not recognise this program as one.',
        'Coding Plan 只服务交互式编程工具，未识别此程序。',
      ],
      {
        statuses: [405],
        says: ['only available for coding agents'],
        remedies: [ADVICE.officialClient, ADVICE.apiKey],
        states: 'client-not-served',
      },
    ),
    plan(
      'hour-quota-exceeded',
      'window-exhausted',
      ['Five-hour quota used up', '5 小时额度已用完'],
      [
        'The plan’s requests of five hours are used up; each model call counts.',
        '套餐的 5 小时请求额度已用完；每次模型调用都计数。',
      ],
      {
        statuses: [429],
        says: ['hour allocated quota exceeded', '5-hour quota has been exhausted'],
        remedies: [ADVICE.waitForReset],
        states: 'window-used-up',
      },
    ),
    plan(
      'week-quota-exceeded',
      'window-exhausted',
      ['Weekly quota used up', '每周额度已用完'],
      [
        'The plan’s requests of the week are used up; the week of a Coding Plan begins on Monday 00:00 (UTC+8).',
        '套餐的每周请求额度已用完；Coding Plan 的一周从周一 00:00（UTC+8）开始。',
      ],
      {
        statuses: [429],
        says: ['week allocated quota exceeded', '1-week quota has been exhausted'],
        remedies: [ADVICE.waitForReset],
        states: 'window-used-up',
      },
    ),
    plan(
      'month-quota-exceeded',
      'window-exhausted',
      ['Monthly quota used up', '每月额度已用完'],
      ['The plan’s requests of the month are used up.', '套餐的每月请求额度已用完。'],
      {
        statuses: [429],
        says: ['month allocated quota exceeded', '1-month quota has been exhausted'],
        remedies: [ADVICE.waitForReset],
        states: 'window-used-up',
      },
    ),
    plan(
      'concurrency-quota-exceeded',
      'account-rate',
      ['Too many at once', '并发过多'],
      ['The plan’s number of requests at once is reached.', '达到套餐的并发上限。'],
      {
        statuses: [429],
        says: ['concurrency allocated quota exceeded'],
        remedies: [ADVICE.slowDown, ADVICE.backOff],
        starts: { 'too-many-at-once': 1.6 },
      },
    ),
    code(
      'Throttling.RateQuota',
      'account-rate',
      ['Requests too fast', '请求过快'],
      ['Too many requests in a short time, or they grew too suddenly.', '短时间内请求过多或增长过快。'],
      {
        statuses: [429],
        aliases: ['Throttling', 'Throttling.BurstRate', 'limit_requests', 'limit_burst_rate'],
        says: ['requests rate limit exceeded', 'request rate increased too quickly'],
        remedies: [ADVICE.slowDown, ADVICE.backOff],
        starts: { 'request-rate': 0.6, 'too-many-at-once': -0.2 },
      },
    ),
    code(
      'Throttling.AllocationQuota',
      'window-exhausted',
      ['Allocated quota used up', '分配的额度已用完'],
      [
        'A quota of tokens is used up: of the minute on pay-as-you-go, of the named window on a plan.',
        '令牌额度已用完：按量付费时为每分钟额度，套餐时为消息所示额度。',
      ],
      {
        statuses: [429],
        says: ['allocated quota exceeded', 'quota has been exhausted', 'insufficient_quota'],
        remedies: [ADVICE.waitForReset, ADVICE.backOff],
        starts: { 'window-used-up': 1, 'request-rate': -1 },
      },
    ),
    plan(
      'token-expired',
      'plan-config',
      ['Token invalid or expired', '令牌无效或已过期'],
      [
        'The plan’s key is not valid, expired, or was sent as x-api-key to an endpoint that takes Bearer only.',
        '套餐密钥无效、已过期，或以 x-api-key 发送到只接受 Bearer 的接口。',
      ],
      {
        statuses: [401],
        says: ['invalid access token or token expired'],
        remedies: [ADVICE.useKey],
        starts: { 'key-refused': 1, 'wrong-endpoint': -0.6 },
      },
    ),
    plan(
      'wrong-base',
      'plan-config',
      ['Key of another endpoint', '其他接口的密钥'],
      [
        'The key does not belong to this base URL: each plan, region and pay-as-you-go has its own.',
        '该密钥不属于此地址：每种套餐、地区和按量付费都有各自的地址。',
      ],
      {
        statuses: [403, 401],
        says: ['invalid api-key', 'incorrect api key'],
        aliases: ['InvalidApiKey', 'invalid_api_key'],
        remedies: [ADVICE.checkEndpoint, ADVICE.useKey],
        starts: { 'wrong-endpoint': 0.9, 'key-refused': 0.3, 'wrong-region': -0.2 },
      },
    ),
    plan(
      'model-not-supported',
      'plan-config',
      ['Model not in this plan', '套餐不包含此模型'],
      ['The plan does not include this model.', '套餐不包含此模型。'],
      {
        statuses: [400, 404],
        signs: [{ says: 'is not supported', statuses: [400, 404] }],
        aliases: ['model_not_supported'],
        remedies: [ADVICE.checkModel],
        states: 'model-not-included',
      },
    ),
  ],
};
