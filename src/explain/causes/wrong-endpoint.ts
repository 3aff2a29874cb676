import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The key is good, but not for this address. */
export const wrongEndpoint: Cause = {
  id: 'wrong-endpoint',
  name: text('the key belongs to another endpoint', '密钥属于其他接口'),
  starts: { 'account-rate': -3.4 },
  weigh: (_failure, context) => [
    ...when(
      context.endpoint === 'balance' && context.keyKind === 'plan',
      2.6,
      'A plan’s key was sent to the endpoint that draws on the balance',
      '套餐密钥被发往使用余额的接口',
    ),
    ...when(
      context.endpoint === 'balance' && context.keyKind === undefined,
      1.2,
      'The request went to the endpoint that draws on the balance, not on the plan',
      '请求发往使用余额而非套餐的接口',
    ),
    ...when(
      context.endpoint === 'plan' && context.keyKind === 'balance',
      2.4,
      'A pay-as-you-go key was sent to the plan’s endpoint',
      '按量付费密钥被发往套餐接口',
    ),
    ...when(context.keyKind === 'team', 1.4, 'The key is a team’s', '此密钥属于团队'),
    ...when(
      context.keyWorkedOn?.some((place) => place === 'plan-endpoint' || place === 'balance-endpoint'),
      2,
      'The same key works on another endpoint of this provider',
      '同一密钥在此服务商的其他接口可用',
    ),
    ...when(
      context.endpoint === 'plan' && context.keyKind === 'plan',
      -3,
      'Key and endpoint both belong to the plan',
      '密钥与接口均属于套餐',
    ),
    ...when(
      context.endpoint === 'balance' && context.keyKind === 'balance',
      -3,
      'Key and endpoint both are pay-as-you-go',
      '密钥与接口均为按量付费',
    ),
    ...when(context.keyWorkedOn?.includes('here'), -1.8, 'The same key worked here before', '同一密钥此前在此可用'),
  ],
  remedies: [
    {
      action: 'check-endpoint',
      text: text(
        'Point the agent at the endpoint that belongs to this key (base URL in its settings).',
        '将智能体指向此密钥所属的接口（设置中的 base URL）。',
      ),
    },
  ],
};
