import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

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
        (context.passedMeanwhile ?? 0) > 0,
        1,
        `${context.passedMeanwhile} other requests of this key went through in between`,
        `期间此密钥有 ${context.passedMeanwhile} 个其他请求通过`,
      ),
      ...when(context.peak?.now, 0.4, 'Limits are tighter in peak hours', '高峰时段限制更严'),
      ...when((context.inFlight ?? 0) >= 2, -1, 'Several requests were in flight', '有多个请求在进行'),
      ...when((rate ?? 0) >= 15, -1.2, 'Many requests came within a minute', '一分钟内请求很多'),
      ...when(
        context.lone === 'refused' && (context.refusedForMs ?? 0) > 300_000,
        -2.2,
        'It has lasted for more than five minutes, lone requests included',
        '已持续五分钟以上，单独的请求也被拒绝',
      ),
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
        '让 Planward 根据可接受的数量调整请求（减速）。',
      ),
    },
  ],
};
