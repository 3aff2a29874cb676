import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The subscription is over. */
export const planEnded: Cause = {
  id: 'plan-ended',
  name: text('the plan has ended', '套餐已到期'),
  starts: {},
  weigh: (_failure, context) => [
    ...when(
      context.planEndsAt !== undefined && context.now !== undefined && context.planEndsAt <= context.now,
      3,
      'The plan’s end, as last read, has passed',
      '按最近读数，套餐结束时间已过',
    ),
    ...when(
      context.endpoint === 'plan' && context.keyWorkedOn?.includes('here') === true,
      1.4,
      'The same key worked on the plan’s endpoint before',
      '同一密钥此前在套餐接口可用',
    ),
    ...when(context.endpoint === 'plan', 0.6, 'The request went to the plan’s endpoint', '请求发往套餐接口'),
    ...when(
      context.planEndsAt !== undefined && context.now !== undefined && context.planEndsAt > context.now,
      -2.6,
      'The plan, as last read, still runs',
      '按最近读数，套餐仍有效',
    ),
    ...when(
      context.endpoint === 'balance',
      -0.8,
      'The request did not go to the plan’s endpoint',
      '请求未发往套餐接口',
    ),
  ],
  remedies: [
    { action: 'check-plan', text: text('Look up the plan in the console and renew it.', '在控制台查看并续订套餐。') },
  ],
};
