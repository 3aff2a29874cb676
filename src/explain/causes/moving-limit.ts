import type { FailureContext } from '../../core/incident.ts';
import { text } from '../../core/text.ts';
import { evidence, when, type Cause, type Evidence } from '../cause.ts';

/** The provider's limit moves with its load, and was low at that moment. */
export const movingLimit: Cause = {
  id: 'moving-limit',
  name: text('the provider’s limit was low at that moment', '服务商当时的限制较低'),
  starts: { 'account-rate': -1 },
  weigh: (_failure, context) => {
    const rate = context.requestsPerMinute;
    return [
      ...when(
        context.inFlight === 1 && (rate === undefined || rate < 15),
        1.8,
        'It was refused at low load: one request in flight',
        '低负载时被拒：只有一个请求在进行',
      ),
      ...when(
        context.inFlight === undefined && rate !== undefined && rate <= 4,
        1.2,
        `It was refused at low load: ${rate} requests in the minute before`,
        `低负载时被拒：此前一分钟内有 ${rate} 个请求`,
      ),
      ...when(
        (context.passedMeanwhile ?? 0) > 0,
        1,
        `${context.passedMeanwhile} other requests of this key went through in between`,
        `期间此密钥有 ${context.passedMeanwhile} 个其他请求通过`,
      ),
      ...when(context.peak?.now, 0.4, 'Limits are tighter in peak hours', '高峰时段限制更严'),
      ...when((context.inFlight ?? 0) >= 2, -1, 'Several requests were in flight', '有多个请求在进行'),
      ...when((rate ?? 0) >= 15, -1.2, 'Many requests came within a minute', '一分钟内请求很多'),
      ...lasting(context),
    ];
  },
  remedies: [
    {
      action: 'wait',
      text: text(
        'Wait 10 to 60 seconds and try again; most of these pass by themselves.',
        '等待 10 到 60 秒再试；大多会自行恢复。',
      ),
    },
    {
      action: 'slow-down',
      text: text(
        'Let Planward adapt the number of requests to what is accepted (Slow down).',
        '让 Planward 根据可接受的数量调整请求（放慢）。',
      ),
    },
  ],
};

function lasting({ lone, refusedForMs = 0, passedMeanwhile }: FailureContext): readonly Evidence[] {
  if (lone === 'refused' && refusedForMs > 300_000) {
    return [
      evidence(
        -2.2,
        'It has lasted for more than five minutes, lone requests included',
        '已持续五分钟以上，单独的请求也被拒绝',
      ),
    ];
  }
  if (passedMeanwhile === 0 && refusedForMs > 600_000) {
    return [evidence(-1.8, 'Nothing has gone through for more than ten minutes', '超过十分钟没有任何请求通过')];
  }
  return when(lone === 'refused', -1, 'A request that had the key to itself was refused', '单独发送的请求也被拒绝');
}
