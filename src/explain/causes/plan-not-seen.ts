import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** Everything fits, and still the provider bills to a balance: its own records are at fault. */
export const planNotSeen: Cause = {
  id: 'plan-not-seen',
  name: text('the provider does not see the plan it sold', '服务商未识别已购套餐'),
  starts: {},
  weigh: (_failure, context) => [
    ...when(
      context.endpoint === 'plan' && context.keyKind !== 'balance',
      0.8,
      'The request went to the plan’s endpoint',
      '请求发往套餐接口',
    ),
    ...when(
      context.planEndsAt !== undefined && context.now !== undefined && context.planEndsAt > context.now,
      1.8,
      'The plan, as last read, still runs',
      '按最近读数，套餐仍有效',
    ),
    ...when(
      context.windows !== undefined && context.windows.some((window) => (window.usedFraction ?? 1) < 0.95),
      1.2,
      'The usage endpoint reports quota left',
      '用量接口显示仍有额度',
    ),
    ...when(context.endpoint === 'balance', -3, 'The request did not go to the plan’s endpoint', '请求未发往套餐接口'),
  ],
  remedies: [
    {
      action: 'ask-support',
      text: text(
        'Ask the provider’s support; name the plan, the endpoint and the request id.',
        '联系服务商支持，提供套餐、接口和请求 ID。',
      ),
    },
  ],
};
