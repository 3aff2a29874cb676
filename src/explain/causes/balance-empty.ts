import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** A prepaid balance or a spending cap has nothing left. */
export const balanceEmpty: Cause = {
  id: 'balance-empty',
  name: text('the balance is empty', '余额不足'),
  starts: {},
  weigh: (_failure, context) => [
    ...when(context.keyKind === 'balance', 1.8, 'The key is one that is paid by use', '此密钥为按量付费'),
    ...when(
      context.keyWorkedOn?.includes('here') === true && context.endpoint === 'balance',
      1,
      'The same key worked here before',
      '同一密钥此前在此可用',
    ),
    ...when(context.keyKind === 'plan', -1.5, 'The key belongs to a plan', '此密钥属于套餐'),
    ...when(context.endpoint === 'plan', -1.4, 'The request went to the plan’s endpoint', '请求发往套餐接口'),
  ],
  remedies: [{ action: 'top-up', text: text('Top up the balance in the provider’s console.', '在服务商控制台充值。') }],
};
