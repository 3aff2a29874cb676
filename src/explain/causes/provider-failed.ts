import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The provider broke; nothing here did it. */
export const providerFailed: Cause = {
  id: 'provider-failed',
  name: text('a failure inside the provider', '服务商内部故障'),
  starts: { 'provider-fault': 1.2, 'edge-block': -1 },
  weigh: (failure, context) => [
    ...when(failure.inStream, 0.3, 'It came in the middle of an answer', '在响应过程中出现'),
    ...when(
      failure.markup && (failure.status ?? 0) >= 502,
      0.6,
      'A gateway of the provider says that the server behind it failed',
      '服务商网关表示其后端失败',
    ),
    ...when((context.passedMeanwhile ?? 0) > 0, 0.3, 'Other requests went through', '其他请求可以通过'),
    ...when(
      (context.platform?.otherProvidersFailing ?? 0) > 0,
      -1.2,
      'Other providers fail too, so it may be the connection',
      '其他服务商也失败，可能是网络连接问题',
    ),
  ],
  remedies: [
    {
      action: 'wait',
      text: text(
        'Try again in a minute; if it goes on, ask the provider’s support.',
        '一分钟后重试；若持续，请联系服务商支持。',
      ),
    },
  ],
};
