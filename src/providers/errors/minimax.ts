import type { ErrorCatalogue } from '../../core/error-code.ts';
import { ADVICE } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const code = vendorCodes({ url: 'https://platform.minimax.io/docs/api-reference/errorcode', readOn: '2026-09-07' });

/** MiniMax, both sites. The number in `base_resp` or at the end of the message counts; the type word is not reliable. */
export const minimaxErrors: ErrorCatalogue = {
  id: 'minimax',
  name: 'MiniMax',
  providerIds: ['minimax', 'minimax-cn'],
  codes: [
    code(
      '2056',
      'window-exhausted',
      ['Token Plan’s window used up', 'Token Plan 额度已用完'],
      [
        'The five-hour or weekly window of the Token Plan is used up until the time in the message.',
        'Token Plan 的 5 小时或每周额度已用完，直到消息所示时间。',
      ],
      {
        statuses: [429],
        says: ['usage limit exceeded', 'usage limit reached for token plan'],
        remedies: [ADVICE.waitForReset, ADVICE.topUp],
        states: 'window-used-up',
      },
    ),
    code(
      '2062',
      'plan-config',
      ['No active plan', '没有有效套餐'],
      ['There is no active plan behind this key.', '此密钥没有有效套餐。'],
      {
        statuses: [429],
        remedies: [ADVICE.renew],
        states: 'plan-ended',
      },
    ),
    code(
      '2064',
      'platform-overload',
      ['Cluster loaded', '集群负载过高'],
      ['The provider has too much to do, for everybody.', '服务商当前负载过高，影响所有人。'],
      {
        statuses: [529],
        remedies: [ADVICE.backOff, ADVICE.otherModel],
      },
    ),
    code(
      '1002',
      'account-rate',
      ['Rate limit', '速率限制'],
      ['Too many requests in a short time.', '短时间内请求过多。'],
      {
        statuses: [429, 200],
        says: ['rate limit exceeded'],
        remedies: [ADVICE.backOff, ADVICE.slowDown],
        starts: { 'request-rate': 0.3, 'too-many-at-once': 0.1 },
      },
    ),
    code(
      '1039',
      'account-rate',
      ['Tokens per minute exceeded', '超过每分钟令牌数'],
      ['Too many tokens in a minute.', '一分钟内令牌过多。'],
      {
        statuses: [429, 200],
        remedies: [ADVICE.backOff, ADVICE.compact],
        starts: { 'request-rate': 0.8, 'too-many-at-once': -0.4 },
      },
    ),
    code(
      '1041',
      'account-rate',
      ['Too many connections', '连接数过多'],
      ['The account has too many connections open.', '账户打开的连接过多。'],
      {
        statuses: [429, 200],
        remedies: [ADVICE.slowDown],
        starts: { 'too-many-at-once': 1.4 },
      },
    ),
    code(
      '2045',
      'account-rate',
      ['Traffic grew too fast', '流量增长过快'],
      ['Requests of this account grew too suddenly.', '该账户的请求增长过快。'],
      {
        statuses: [429, 200],
        remedies: [ADVICE.slowDown, ADVICE.backOff],
        starts: { 'request-rate': 0.8 },
      },
    ),
    code(
      '1008',
      'window-exhausted',
      ['Balance used up', '余额不足'],
      ['The prepaid balance is empty.', '预付余额已用完。'],
      {
        statuses: [429, 200],
        says: ['insufficient balance'],
        retry: 'after-fix',
        remedies: [ADVICE.topUp],
        states: 'balance-empty',
      },
    ),
    code(
      '1004',
      'plan-config',
      ['Not authorised', '未授权'],
      [
        'The key is not accepted for this call. Plan keys and pay-as-you-go keys are not interchangeable, nor are those of the two sites.',
        '此调用不接受该密钥。套餐密钥与按量密钥不能互换，两个站点的密钥也不能互换。',
      ],
      {
        statuses: [401, 200],
        says: ['login fail'],
        remedies: [ADVICE.useKey, ADVICE.checkEndpoint],
        starts: { 'key-refused': 0.8, 'wrong-endpoint': -0.2, 'wrong-region': -0.2 },
      },
    ),
    code('2049', 'plan-config', ['Key not valid', '密钥无效'], ['The key is not valid.', '密钥无效。'], {
      statuses: [401, 200],
      says: ['invalid api key'],
      remedies: [ADVICE.useKey],
      starts: { 'key-refused': 1.4, 'wrong-region': -0.4 },
    }),
    code(
      '1026',
      'content',
      ['Sensitive input', '输入内容敏感'],
      ['The filter objected to something in the request.', '过滤器对请求内容提出异议。'],
      {
        statuses: [400, 200],
        remedies: [ADVICE.rephrase],
      },
    ),
    code(
      '1027',
      'content',
      ['Sensitive output', '输出内容敏感'],
      ['The filter objected to something in the answer.', '过滤器对响应内容提出异议。'],
      {
        statuses: [400, 200],
        remedies: [ADVICE.rephrase],
      },
    ),
    code(
      '1042',
      'bad-request',
      ['Too many invisible characters', '不可见字符过多'],
      ['The request holds too many invisible characters.', '请求含有过多不可见字符。'],
      {
        statuses: [400, 200],
        remedies: [ADVICE.changeRequest],
      },
    ),
    code(
      '2013',
      'bad-request',
      ['Wrong parameters', '参数错误'],
      ['The request has parameters that the API does not accept.', '请求含有 API 不接受的参数。'],
      {
        statuses: [400, 200],
        remedies: [ADVICE.changeRequest],
      },
    ),
    code(
      '1000',
      'provider-fault',
      ['Unknown error of the provider', '服务商未知错误'],
      ['The provider reports an error it does not name.', '服务商报告了未命名的错误。'],
      {
        statuses: [500, 200],
        remedies: [ADVICE.tryLater],
      },
    ),
    code(
      '1001',
      'provider-fault',
      ['Timed out at the provider', '服务商超时'],
      ['The provider did not finish in time.', '服务商未能及时完成。'],
      {
        statuses: [500, 200],
        remedies: [ADVICE.tryLater],
      },
    ),
    code(
      '1024',
      'provider-fault',
      ['Internal error', '内部错误'],
      ['Something failed inside the provider.', '服务商内部出错。'],
      {
        statuses: [500, 200],
        remedies: [ADVICE.tryLater],
      },
    ),
    code(
      '1033',
      'provider-fault',
      ['Downstream error', '下游错误'],
      ['A service behind the provider’s API failed.', '服务商 API 后端的服务出错。'],
      {
        statuses: [500, 200],
        remedies: [ADVICE.tryLater],
      },
    ),
  ],
};
