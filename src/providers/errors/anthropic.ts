import type { ErrorCatalogue } from '../../core/error-code.ts';
import { ADVICE, only } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const code = vendorCodes({ url: 'https://docs.claude.com/en/api/errors', readOn: '2026-09-07' });
const reported = vendorCodes({
  url: 'https://github.com/anthropics/claude-code/issues',
  readOn: '2026-09-18',
  doubt: 'The wording was reported by users; no page lists it.',
});

const USAGE = 'https://claude.ai/settings/usage';

/** Anthropic's API and Claude subscriptions. The API's types are its codes; subscriptions say more in words. */
export const anthropicErrors: ErrorCatalogue = {
  id: 'anthropic',
  name: 'Anthropic',
  providerIds: ['anthropic'],
  codes: [
    code(
      'rate_limit_error',
      'account-rate',
      ['Rate limit', '速率限制'],
      [
        'The account sent too much in a short time, or a subscription window is used up: the headers tell which. With a status of “rejected” there, wait for the reset they name; without it, a short pause is enough.',
        '账户短时间内请求过多，或订阅额度已用完：响应头会说明。若其状态为 rejected，请等到其中的重置时间；否则短暂停顿即可。',
      ],
      {
        statuses: [429],
        type: 'rate_limit_error',
        says: ['would exceed your account’s rate limit', "would exceed your account's rate limit"],
        remedies: [ADVICE.backOff, ADVICE.slowDown],
        starts: { 'window-used-up': -1.2 },
      },
    ),
    reported(
      'session-limit',
      'window-exhausted',
      ['Session or weekly limit reached', '会话或每周额度已用完'],
      [
        'A window of the subscription (five hours, seven days, or one model’s share) is used up until it resets.',
        '订阅的某个额度（5 小时、7 天或某模型的份额）已用完，直到重置。',
      ],
      {
        statuses: [429],
        says: [
          'usage limit reached',
          "you've hit your session limit",
          "you've hit your weekly limit",
          'exceeded your 7-day rate limit',
          "you've reached your fable",
          "you've reached your opus",
        ],
        remedies: [ADVICE.waitForReset, ADVICE.otherModel],
        states: 'window-used-up',
        links: [USAGE],
      },
    ),
    reported(
      'long-context-extra-usage',
      'plan-config',
      ['Long context needs extra usage', '长上下文需要额外用量'],
      [
        'The plan includes requests of ordinary length only; the one-million-token window is paid as extra usage. It is no rate limit.',
        '套餐只包含普通长度的请求；百万上下文需按额外用量付费。这不是速率限制。',
      ],
      {
        statuses: [429],
        says: ['extra usage is required for long context'],
        remedies: [
          only('change-request', 'Choose the model without the long-context option.', '选择不带长上下文选项的模型。'),
          ADVICE.topUp,
        ],
        states: 'model-not-included',
        links: [USAGE],
      },
    ),
    reported(
      'third-party-extra-usage',
      'client-not-allowed',
      ['Third-party programs draw on extra usage', '第三方程序使用额外用量'],
      [
        'The provider took the request for one of a program that is not its own: those are paid as extra usage, not from the plan. It is known to take its own programs for others at times.',
        '服务商认为请求来自非官方程序：这类请求按额外用量付费，不计入套餐。已知它有时会误判自家程序。',
      ],
      {
        statuses: [400],
        says: ['third-party apps now draw from your extra usage', 'third-party apps'],
        remedies: [ADVICE.officialClient, ADVICE.apiKey],
        states: 'client-not-served',
        links: [USAGE],
      },
    ),
    reported(
      'extra-usage-empty',
      'window-exhausted',
      ['Extra usage is used up', '额外用量已用完'],
      ['What was bought as extra usage has been used.', '购买的额外用量已用完。'],
      {
        statuses: [400, 429],
        says: ["you're out of extra usage", 'out of extra usage'],
        retry: 'after-fix',
        remedies: [ADVICE.topUp],
        states: 'balance-empty',
        links: [USAGE],
      },
    ),
    code(
      'authentication_error',
      'plan-config',
      ['Not authenticated', '未通过身份验证'],
      ['The key or login is missing, wrong or expired.', '密钥或登录缺失、错误或已过期。'],
      {
        statuses: [401],
        type: 'authentication_error',
        remedies: [ADVICE.useKey, ADVICE.logIn],
        starts: { 'key-refused': 1.2, 'wrong-endpoint': -1.5 },
      },
    ),
    code(
      'billing_error',
      'window-exhausted',
      ['Billing problem', '账单问题'],
      ['The account’s payment or balance does not allow the request.', '账户的付款或余额不允许此请求。'],
      {
        statuses: [402],
        type: 'billing_error',
        says: ['your credit balance is too low'],
        retry: 'after-fix',
        remedies: [ADVICE.topUp],
        states: 'balance-empty',
      },
    ),
    reported(
      'organization-disabled',
      'policy-stop',
      ['Organisation disabled', '组织已停用'],
      [
        'The provider switched the organisation off. The answer does not say why; a mail to the account’s address mostly does.',
        '服务商停用了该组织。响应未说明原因，通常会发邮件到账户邮箱。',
      ],
      {
        statuses: [400, 403],
        says: ['this organization has been disabled', 'account has been disabled'],
        remedies: [
          ADVICE.stop,
          only('appeal', 'Use the appeal form named in the provider’s mail.', '使用服务商邮件中的申诉表单。'),
        ],
        states: 'account-blocked',
      },
    ),
    reported(
      'oauth-not-allowed',
      'client-not-allowed',
      ['Login not allowed for this organisation', '此组织不允许登录方式'],
      [
        'This organisation may not use a subscription login here; an API key is needed.',
        '此组织不能在此使用订阅登录，需要 API 密钥。',
      ],
      {
        statuses: [403],
        says: ['oauth authentication is currently not allowed'],
        remedies: [ADVICE.apiKey, ADVICE.logIn],
        states: 'client-not-served',
      },
    ),
    code(
      'permission_error',
      'plan-config',
      ['Not permitted', '没有权限'],
      ['The key may not use this resource or model.', '该密钥无权使用此资源或模型。'],
      {
        statuses: [403],
        type: 'permission_error',
        remedies: [ADVICE.checkPlan],
        starts: { 'model-not-included': 0.4, 'client-not-served': -0.8 },
      },
    ),
    code(
      'not_found_error',
      'plan-config',
      ['Model or address not found', '模型或地址不存在'],
      ['There is no such model or address for this key.', '对此密钥而言没有此模型或地址。'],
      {
        statuses: [404],
        type: 'not_found_error',
        remedies: [ADVICE.checkModel, ADVICE.checkEndpoint],
        starts: { 'model-not-included': 1, 'wrong-endpoint': -0.4 },
      },
    ),
    code(
      'request_too_large',
      'bad-request',
      ['Request too large', '请求过大'],
      ['The request is larger than the API takes (32 MB).', '请求大小超过 API 上限（32 MB）。'],
      { statuses: [413], type: 'request_too_large', remedies: [ADVICE.compact], starts: { 'request-too-long': 2 } },
    ),
    code(
      'invalid_request_error',
      'bad-request',
      ['Request not valid', '请求无效'],
      ['The API does not accept the request as it is; the message says what.', 'API 不接受该请求，消息会说明原因。'],
      { statuses: [400], type: 'invalid_request_error', remedies: [ADVICE.changeRequest] },
    ),
    code(
      'api_error',
      'provider-fault',
      ['Internal error', '内部错误'],
      ['Something failed inside the provider.', '服务商内部出错。'],
      { statuses: [500], type: 'api_error', remedies: [ADVICE.tryLater] },
    ),
    code(
      'overloaded_error',
      'platform-overload',
      ['Overloaded', '过载'],
      [
        'The provider has too much to do, for everybody. It can also come inside a stream that had begun well.',
        '服务商当前负载过高，影响所有人。也可能出现在已正常开始的流中。',
      ],
      { statuses: [529], type: 'overloaded_error', remedies: [ADVICE.backOff, ADVICE.otherModel] },
    ),
  ],
};
