import type { FailureContext } from '../../core/incident.ts';
import { text } from '../../core/text.ts';
import { evidence, when, type Cause, type Evidence } from '../cause.ts';
import { agentOf } from '../wording.ts';

/** More requests in flight than the account may have. */
export const tooManyAtOnce: Cause = {
  id: 'too-many-at-once',
  name: text('too many requests at once', '同时进行的请求过多'),
  starts: { 'account-rate': 0.3, 'platform-overload': -1.6 },
  weigh: (_failure, context) => [
    ...inFlight(context),
    ...when(
      (context.sideRequests ?? 0) > 0,
      0.5,
      `${context.sideRequests} of them ran beside the main request (a title, a summary or a check)`,
      `其中 ${context.sideRequests} 个是与主请求并行的附带请求（标题、摘要或检查）`,
    ),
    ...when(
      context.lone === 'accepted',
      0.9,
      'A request that had the key to itself went through',
      '单独发送的请求可以通过',
    ),
    ...when(
      context.lone === 'refused',
      -3,
      'A request that had the key to itself was refused as well',
      '单独发送的请求也被拒绝',
    ),
    ...when(
      (context.acceptedInFlight ?? 0) >= (context.inFlight ?? Infinity) && (context.inFlight ?? 0) > 1,
      -0.9,
      `${context.acceptedInFlight} at once were accepted a short while ago`,
      `不久前 ${context.acceptedInFlight} 个并发请求曾被接受`,
    ),
    ...when(
      (context.refusedForMs ?? 0) > 600_000 && context.passedMeanwhile === 0,
      -1.2,
      'Nothing has gone through for more than ten minutes',
      '超过十分钟没有任何请求通过',
    ),
  ],
  remedies: [
    {
      action: 'slow-down',
      text: text(
        'Let Planward queue requests for this key (Slow down), or run fewer agents and sub-agents at once.',
        '让 Planward 为此密钥排队请求（放慢），或减少同时运行的智能体和子智能体。',
      ),
    },
    {
      action: 'wait',
      text: text('Wait about a minute. Retrying at once makes it last longer.', '等待约一分钟。立即重试会延长限制。'),
    },
  ],
};

function inFlight(context: FailureContext): readonly Evidence[] {
  const count = context.inFlight;
  if (count === undefined) return [];
  if (count <= 1) return [evidence(-2.4, 'It was the only request in flight', '当时只有这一个请求在进行')];
  const agent = agentOf(context);
  return [
    evidence(
      Math.min(3, 0.9 * (count - 1)),
      `${agent.en} had ${count} requests in flight for this key and model`,
      `${agent.zh}对此密钥和模型有 ${count} 个请求正在进行`,
    ),
  ];
}
