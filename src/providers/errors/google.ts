import type { ErrorCatalogue } from '../../core/error-code.ts';
import { ADVICE, only } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const code = vendorCodes({
  url: 'https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/utils/googleQuotaErrors.ts',
  readOn: '2026-09-07',
  doubt: 'Read from the source of Google’s own client, not from a reference page.',
});

/** Google's Gemini API and Code Assist. The telling word is the reason or the quota's id in `details`, not the status. */
export const googleErrors: ErrorCatalogue = {
  id: 'google',
  name: 'Google Gemini',
  providerIds: ['gemini', 'antigravity'],
  codes: [
    code(
      'RATE_LIMIT_EXCEEDED',
      'account-rate',
      ['Rate limit', '速率限制'],
      ['Too many requests or tokens in a minute.', '一分钟内请求或令牌过多。'],
      {
        statuses: [429],
        says: ['perminute', 'per minute'],
        remedies: [ADVICE.backOff, ADVICE.slowDown],
        starts: { 'request-rate': 0.5, 'too-many-at-once': -0.2 },
      },
    ),
    code(
      'QUOTA_EXHAUSTED',
      'window-exhausted',
      ['Daily or plan quota used up', '每日或套餐额度已用完'],
      ['A quota that does not refill within minutes is used up.', '某个短时间内不会恢复的额度已用完。'],
      {
        statuses: [429],
        says: ['perday', 'daily', 'exhausted your capacity on this model', 'quota will reset after'],
        remedies: [ADVICE.waitForReset, ADVICE.otherModel],
        states: 'window-used-up',
      },
    ),
    code(
      'MODEL_CAPACITY_EXHAUSTED',
      'platform-overload',
      ['Model has no capacity', '模型容量不足'],
      [
        'Too many people use this model just now; your quota is not the matter.',
        '当前使用此模型的人过多，与你的额度无关。',
      ],
      {
        statuses: [429, 503],
        aliases: ['MODEL_CAPACITY_EXCEEDED'],
        says: ['no capacity available for model'],
        remedies: [ADVICE.otherModel, ADVICE.backOff],
      },
    ),
    code(
      'INSUFFICIENT_G1_CREDITS_BALANCE',
      'window-exhausted',
      ['No credits left', '积分不足'],
      ['The Google One AI credits are used up.', 'Google One AI 积分已用完。'],
      { statuses: [429], retry: 'after-fix', remedies: [ADVICE.topUp], states: 'balance-empty' },
    ),
    code(
      'RESOURCE_EXHAUSTED',
      'account-rate',
      ['Quota or rate limit', '额度或速率限制'],
      [
        'A quota was reached. Without further details it can be a rate of the minute or the allowance of the day.',
        '达到某个额度。没有更多细节时，可能是每分钟速率，也可能是每日额度。',
      ],
      { statuses: [429], type: 'RESOURCE_EXHAUSTED', remedies: [ADVICE.backOff], starts: { 'window-used-up': -0.6 } },
    ),
    code(
      'VALIDATION_REQUIRED',
      'plan-config',
      ['Account must be verified', '账户需要验证'],
      ['The provider wants the account verified; the answer holds a link.', '服务商要求验证账户，响应中有链接。'],
      {
        statuses: [403],
        remedies: [
          only('check-plan', 'Open the link in the error and verify the account.', '打开错误中的链接完成验证。'),
        ],
        states: 'account-blocked',
      },
    ),
    code(
      'TOS_VIOLATION',
      'policy-stop',
      ['Service disabled for violation of terms', '因违反条款停用服务'],
      [
        'The provider says that its terms were violated and switched the service off for this account. Using its login from other programs is one reason it names.',
        '服务商以违反条款为由停用了此账户的服务。从其他程序使用其登录是其列明的原因之一。',
      ],
      {
        statuses: [403],
        says: ['disabled in this account for violation of terms of service', 'violation of terms of service'],
        remedies: [
          ADVICE.stop,
          only(
            'appeal',
            'Submit the appeal the message names; unlocking after two days was reported.',
            '按消息提交申诉；有用户反馈两天后解封。',
          ),
        ],
        states: 'policy-decision',
      },
    ),
    code(
      'UNSUPPORTED_CLIENT',
      'client-not-allowed',
      ['Client no longer served', '不再支持此客户端'],
      [
        'This login is no longer served in this client; Gemini CLI for individuals ended on 2026-06-18.',
        '此登录在该客户端已不再受支持；面向个人的 Gemini CLI 已于 2026-06-18 停止。',
      ],
      {
        statuses: [403],
        aliases: ['IneligibleTierError', 'INELIGIBLE_TIER'],
        remedies: [ADVICE.apiKey, ADVICE.officialClient],
        states: 'client-not-served',
      },
    ),
    code(
      'PERMISSION_DENIED',
      'plan-config',
      ['Not permitted', '没有权限'],
      ['The key or account may not use this API or model.', '密钥或账户无权使用此 API 或模型。'],
      {
        statuses: [403],
        type: 'PERMISSION_DENIED',
        remedies: [ADVICE.useKey, ADVICE.checkPlan],
        starts: { 'key-refused': 0.4, 'model-not-included': -0.2 },
      },
    ),
    code(
      'API_KEY_INVALID',
      'plan-config',
      ['Key not valid', '密钥无效'],
      ['The API key is not valid.', 'API 密钥无效。'],
      {
        statuses: [400, 401],
        type: 'UNAUTHENTICATED',
        says: ['api key not valid', 'api key expired'],
        remedies: [ADVICE.useKey],
        starts: { 'key-refused': 1.4 },
      },
    ),
    code(
      'INVALID_ARGUMENT',
      'bad-request',
      ['Request not valid', '请求无效'],
      ['The API does not accept the request as it is.', 'API 不接受该请求。'],
      { statuses: [400], type: 'INVALID_ARGUMENT', remedies: [ADVICE.changeRequest] },
    ),
    code(
      'NOT_FOUND',
      'plan-config',
      ['Model not found', '模型不存在'],
      ['There is no such model for this API version.', '此 API 版本没有该模型。'],
      { statuses: [404], type: 'NOT_FOUND', remedies: [ADVICE.checkModel], starts: { 'model-not-included': 1.2 } },
    ),
    code(
      'UNAVAILABLE',
      'platform-overload',
      ['Overloaded or not available', '过载或不可用'],
      ['The service has too much to do, for everybody.', '服务当前负载过高，影响所有人。'],
      {
        statuses: [503],
        type: 'UNAVAILABLE',
        says: ['the model is overloaded'],
        remedies: [ADVICE.backOff, ADVICE.otherModel],
      },
    ),
    code(
      'INTERNAL',
      'provider-fault',
      ['Internal error', '内部错误'],
      ['Something failed inside the provider.', '服务商内部出错。'],
      { statuses: [500], type: 'INTERNAL', remedies: [ADVICE.tryLater] },
    ),
  ],
};
