import type { FailureContext } from '../../core/incident.ts';
import { text } from '../../core/text.ts';
import { evidence, when, type Cause, type Evidence } from '../cause.ts';

/** Requests one after another, too close together. */
export const requestRate: Cause = {
  id: 'request-rate',
  name: text('requests too close together', '请求过于密集'),
  starts: { 'account-rate': -0.6, 'policy-stop': -2 },
  weigh: (_failure, context) => [
    ...perMinute(context),
    ...when(
      context.inFlight === 1 && (context.requestsPerMinute ?? 0) >= 15,
      0.8,
      'They came one at a time, so the number in flight does not explain it',
      '请求逐个发送，并发数无法解释',
    ),
    ...when(context.lone === 'refused', -2.2, 'A request after a pause was refused as well', '停顿之后的请求也被拒绝'),
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
        'Let Planward space requests for this key (Slow down), or pause one of the agents.',
        '让 Planward 拉开此密钥的请求间隔（放慢），或暂停其中一个智能体。',
      ),
    },
    { action: 'wait', text: text('Wait a minute or two, then go on more slowly.', '等待一两分钟，然后放慢速度。') },
  ],
};

function perMinute({ requestsPerMinute: rate }: FailureContext): readonly Evidence[] {
  if (rate === undefined) return [];
  const en = `${rate} requests of this key in the minute before`;
  const zh = `此前一分钟内此密钥有 ${rate} 个请求`;
  if (rate >= 30) return [evidence(2.4, en, zh)];
  if (rate >= 15) return [evidence(1.4, en, zh)];
  if (rate >= 8) return [evidence(0.3, en, zh)];
  return [evidence(rate <= 4 ? -2.2 : -0.8, `Only ${en}`, `此前一分钟内此密钥只有 ${rate} 个请求`)];
}
