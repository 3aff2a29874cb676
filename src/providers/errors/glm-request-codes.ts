import type { ErrorClass, ErrorCode, Remedy } from '../../core/error-code.ts';
import { text } from '../../core/text.ts';
import { ADVICE } from './advice.ts';
import { OLDER, report, TABLE, TABLE_CN } from './glm-sources.ts';

/** Codes 500 and 1200-1301: the request itself, and the provider's own failures. */
export const glmRequestCodes: readonly ErrorCode[] = [
  {
    ...fault('500', 'Internal error of the provider', '服务商内部错误'),
    statuses: [500],
    meaning: text(
      'Something failed inside the provider. It can also arrive inside a stream that had begun well.',
      '服务商内部出错，也可能出现在已正常开始的流中。',
    ),
  },
  {
    ...fault('1200', 'The API call failed', 'API 调用出错'),
    meaning: text('The provider’s API reported a failure of its own.', '服务商 API 报告自身调用失败。'),
  },
  {
    ...bad('1210', 'Wrong parameters', '参数错误'),
    meaning: text('The request has parameters that the API does not accept.', '请求含有 API 不接受的参数。'),
  },
  {
    ...config('1211', 'Model does not exist', '模型不存在', [ADVICE.checkModel]),
    meaning: text(
      'There is no model of this name. Ids such as glm-5.3[1m] are hints for the agent; the endpoint may not know them.',
      '没有此名称的模型。glm-5.3[1m] 之类的名称是给智能体的提示，接口可能不认识。',
    ),
    starts: { 'model-not-included': 1.6, 'wrong-endpoint': -1.6 },
  },
  {
    ...config('1212', 'Model does not support this kind of call', '模型不支持该调用方式', [ADVICE.checkModel]),
    meaning: text('The model cannot be called in this way.', '该模型不能以这种方式调用。'),
    starts: { 'model-not-included': 0.8, 'request-malformed': 0, 'wrong-endpoint': -1.6 },
  },
  {
    ...bad('1213', 'A required field is missing', '缺少必需字段'),
    meaning: text('The API did not receive a field that it needs.', 'API 未收到所需字段。'),
  },
  {
    ...bad('1214', 'A field is not valid', '字段无效'),
    meaning: text(
      'The API does not accept the value of a field. An unknown model has been seen with this code as well.',
      'API 不接受某字段的值。模型不存在时也出现过此代码。',
    ),
    starts: { 'request-malformed': 1, 'model-not-included': -0.8 },
    sources: [
      TABLE,
      report('https://docs.rs/harn-vm/0.10.100', '2026-08-15', 'One measurement on the pay-as-you-go endpoint.'),
    ],
  },
  {
    ...bad('1215', 'Two fields exclude each other', '两个字段互斥'),
    meaning: text('Two fields of the request may not be set together.', '请求中的两个字段不能同时设置。'),
  },
  {
    ...config('1220', 'No permission for this API', '无权访问该 API', [ADVICE.checkPlan, ADVICE.checkModel]),
    meaning: text(
      'The account may not use this API, or knows the model but is not entitled to it.',
      '账户无权使用此 API，或该模型存在但账户没有权限。',
    ),
    statuses: [403],
    starts: { 'model-not-included': 0.6, 'wrong-endpoint': -0.6 },
  },
  {
    ...config('1221', 'API taken offline', 'API 已下线', [ADVICE.otherModel]),
    meaning: text('The API or model was taken out of service.', '该 API 或模型已停止服务。'),
    starts: { 'model-not-included': 1.4, 'wrong-endpoint': -1 },
  },
  {
    ...config('1222', 'API does not exist', 'API 不存在', [ADVICE.checkEndpoint]),
    meaning: text('There is no API at this address.', '此地址没有 API。'),
    starts: { 'wrong-endpoint': 1.6 },
  },
  {
    ...fault('1230', 'The call could not be carried out', '调用流程出错'),
    meaning: text('The provider failed while it handled the call.', '服务商在处理调用时出错。'),
  },
  {
    ...bad('1231', 'Request id used twice', '请求 ID 重复'),
    meaning: text('A request with the same request id was already received.', '已收到相同请求 ID 的请求。'),
    statuses: [],
    sources: [OLDER],
  },
  {
    ...fault('1234', 'Network error at the provider', '服务商网络错误'),
    meaning: text(
      'A network error on the provider’s side; the message holds an error id for its support. Users have seen it come back in the middle of conversations.',
      '服务商一侧的网络错误；消息中含有供其支持查询的错误 ID。用户反馈它会在对话过程中反复出现。',
    ),
    sources: [TABLE, TABLE_CN, report('https://github.com/sipeed/picoclaw/issues/795', '2026-02-26')],
  },
  {
    ...bad('1261', 'Prompt too long', '提示词过长', [ADVICE.compact]),
    meaning: text('The request is longer than the model takes.', '请求长度超过模型上限。'),
    signs: [{ says: 'prompt exceeds max length' }],
    starts: { 'request-too-long': 2, 'request-malformed': -2 },
  },
  {
    ...content('1300', 'Blocked by policy', '请求被策略拦截'),
    meaning: text('A content policy of the provider blocked the request.', '请求被服务商的内容策略拦截。'),
    statuses: [],
    sources: [OLDER],
  },
  {
    ...content('1301', 'Unsafe or sensitive content', '内容不安全或敏感'),
    meaning: text(
      'The provider’s filter found unsafe or sensitive content in the request or in the answer.',
      '服务商的过滤器在请求或响应中发现不安全或敏感内容。',
    ),
    notKnown: [
      text(
        'Which part was objected to is not said. Whether such blocks count as violations of the plan’s terms is not documented.',
        '未说明是哪部分内容。此类拦截是否计入套餐违规，文档没有说明。',
      ),
    ],
  },
];

function common(code: string, errorClass: ErrorClass, en: string, zh: string): Omit<ErrorCode, 'meaning'> {
  return {
    code,
    class: errorClass,
    title: text(en, zh),
    retry: errorClass === 'provider-fault' ? 'back-off' : 'after-fix',
    remedies: [],
    statuses: errorClass === 'provider-fault' ? [500] : [400],
    sources: [TABLE, TABLE_CN],
  };
}

function fault(code: string, en: string, zh: string): Omit<ErrorCode, 'meaning'> {
  return { ...common(code, 'provider-fault', en, zh), remedies: [ADVICE.tryLater, ADVICE.support] };
}

function bad(code: string, en: string, zh: string, remedies: readonly Remedy[] = [ADVICE.changeRequest]) {
  return { ...common(code, 'bad-request', en, zh), remedies };
}

function config(code: string, en: string, zh: string, remedies: readonly Remedy[]): Omit<ErrorCode, 'meaning'> {
  return { ...common(code, 'plan-config', en, zh), remedies };
}

function content(code: string, en: string, zh: string): Omit<ErrorCode, 'meaning'> {
  return { ...common(code, 'content', en, zh), remedies: [ADVICE.rephrase] };
}
