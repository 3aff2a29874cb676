import type { ErrorCatalogue, ErrorClass, ErrorCode, RetryAdvice } from '../core/error-code.ts';
import type { Failure } from '../core/incident.ts';
import type { Source } from '../core/plan.ts';
import { text, type Text } from '../core/text.ts';

const HTTP: Source = { url: 'https://www.rfc-editor.org/rfc/rfc9110', readOn: '2026-11-22' };
const HTTP_429: Source = { url: 'https://www.rfc-editor.org/rfc/rfc6585', readOn: '2026-11-22' };
const OBSERVED: Source = {
  url: 'https://www.rfc-editor.org/rfc/rfc9110',
  readOn: '2026-11-22',
  doubt: 'Not in the standard: read from what model APIs are seen to send.',
};

/** What an HTTP status says by itself, where no vendor's code or words say more. */
export const generalCatalogue: ErrorCatalogue = {
  id: 'http',
  name: 'HTTP',
  providerIds: [],
  codes: [
    status('http-400', [400, 405, 406, 409, 410, 411, 415, 422], 'bad-request', 'after-fix', {
      title: text('Request not accepted', '请求未被接受'),
      meaning: text('The API could not use the request as it is.', 'API 无法处理该请求。'),
    }),
    status('http-401', [401], 'plan-config', 'after-fix', {
      title: text('Not authenticated', '未通过身份验证'),
      meaning: text('The API did not accept the credential, or there was none.', 'API 未接受凭据，或没有凭据。'),
      starts: { 'key-refused': 1.2, 'wrong-region': -0.8, 'wrong-endpoint': -0.8 },
    }),
    status('http-402', [402], 'window-exhausted', 'after-fix', {
      title: text('Payment required', '需要付款'),
      meaning: text('The account has nothing left to pay with.', '账户没有可用余额。'),
      starts: { 'balance-empty': 1.4, 'window-used-up': -0.4 },
    }),
    status('http-403', [403], 'plan-config', 'after-fix', {
      title: text('Not permitted', '没有权限'),
      meaning: text('The API knows who asks and does not permit this.', 'API 识别了请求者，但不允许此操作。'),
      starts: {
        'model-not-included': -0.4,
        'wrong-endpoint': -0.4,
        'client-not-served': -0.2,
        'account-blocked': -0.8,
      },
    }),
    status('http-404', [404], 'plan-config', 'after-fix', {
      title: text('Not found', '未找到'),
      meaning: text('There is no such address or model.', '没有此地址或模型。'),
      starts: { 'wrong-endpoint': 0.6, 'model-not-included': 0.4 },
    }),
    status('http-413', [413], 'bad-request', 'after-fix', {
      title: text('Request too large', '请求过大'),
      meaning: text('The request is larger than the API takes.', '请求大小超过 API 上限。'),
      starts: { 'request-too-long': 2 },
    }),
    status('http-429', [429], 'account-rate', 'back-off', {
      title: text('Too many requests', '请求过多'),
      meaning: text(
        'The API refuses for now because of too many requests. The answer does not say whether a rate or a plan’s window is meant.',
        'API 因请求过多而暂时拒绝。响应未说明是速率限制还是套餐额度。',
      ),
      starts: { 'window-used-up': -0.9 },
      source: HTTP_429,
    }),
    status('http-500', [500, 501, 505, 520, 521, 522, 523, 524], 'provider-fault', 'back-off', {
      title: text('Error inside the provider', '服务商内部错误'),
      meaning: text('Something failed on the provider’s side.', '服务商一侧出错。'),
    }),
    status('http-502', [502, 504], 'provider-fault', 'back-off', {
      title: text('The server behind did not answer', '后端服务器没有响应'),
      meaning: text(
        'A gateway got no good answer from the server behind it, or none in time.',
        '网关没有从后端服务器及时得到正确响应。',
      ),
      starts: { connection: -0.6 },
    }),
    status('http-503', [503, 529, 408, 425, 499], 'platform-overload', 'back-off', {
      title: text('Service overloaded or not available', '服务过载或不可用'),
      meaning: text('The provider cannot serve the request just now.', '服务商暂时无法处理请求。'),
      source: OBSERVED,
    }),
    status('http-451', [451], 'content', 'after-fix', {
      title: text('Not available for legal reasons', '因法律原因不可用'),
      meaning: text('The answer is withheld for legal reasons, or by a filter.', '因法律原因或过滤器而不提供响应。'),
      starts: { 'content-filter': 0.6 },
    }),
    status('edge-page', [], 'edge-block', 'after-fix', {
      title: text('A web page instead of an API’s answer', '收到网页而不是 API 响应'),
      meaning: text(
        'Something in front of the API answered: a bot check, a company proxy, a gateway or a wrong address. The plan’s limits have nothing to do with it.',
        'API 前面的某层作出了响应：机器人检查、公司代理、网关或错误的地址。与套餐额度无关。',
      ),
      source: OBSERVED,
    }),
    status('no-answer', [], 'provider-fault', 'back-off', {
      title: text('No answer', '没有响应'),
      meaning: text(
        'The provider could not be reached, or the connection broke before the answer was whole.',
        '无法连接服务商，或在响应完整之前连接中断。',
      ),
      starts: { connection: 0.4, 'provider-failed': 0 },
      source: OBSERVED,
    }),
  ],
};

/** The general code for a failure; undefined where it has neither status nor anything else to go by. */
export function generalCode(failure: Failure): ErrorCode | undefined {
  const byName = (name: string) => generalCatalogue.codes.find(({ code }) => code === name);
  if (failure.markup) return byName('edge-page');
  if (failure.status === undefined) return brokenConnection(failure) ? byName('no-answer') : undefined;
  const exact = generalCatalogue.codes.find(({ statuses }) => statuses.includes(failure.status!));
  if (exact !== undefined) return exact;
  if (failure.status >= 500) return byName('http-500');
  return failure.status >= 400 ? byName('http-400') : undefined;
}

function brokenConnection({ code, message }: Failure): boolean {
  return /\b(ECONN\w+|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EPIPE)\b|socket (hang up|connection)|connection (was )?(closed|reset|refused)|fetch failed|network error|getaddrinfo|timed out/i.test(
    `${code ?? ''} ${message}`,
  );
}

function status(
  code: string,
  statuses: readonly number[],
  errorClass: ErrorClass,
  retry: RetryAdvice,
  words: {
    readonly title: Text;
    readonly meaning: Text;
    readonly starts?: Readonly<Record<string, number>>;
    readonly source?: Source;
  },
): ErrorCode {
  return {
    code,
    aliases: code === 'http-503' ? ['http-529'] : [],
    class: errorClass,
    title: words.title,
    meaning: words.meaning,
    retry,
    remedies: [],
    statuses,
    ...(words.starts === undefined ? {} : { starts: words.starts }),
    notKnown: [
      text(
        'Only the HTTP status is known; what this provider means by it is not in Planward’s list.',
        '只知道 HTTP 状态；此服务商的具体含义不在 Planward 的列表中。',
      ),
    ],
    sources: [words.source ?? HTTP],
  };
}
