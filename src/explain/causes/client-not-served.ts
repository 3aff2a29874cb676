import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';
import { agentOf } from '../wording.ts';

/** The provider says that it does not serve this program here. */
export const clientNotServed: Cause = {
  id: 'client-not-served',
  name: text('the provider does not serve this program here', '服务商不在此服务该程序'),
  starts: { 'client-not-allowed': 2 },
  weigh: (_failure, context) => {
    const agent = agentOf(context);
    return when(
      context.clientAlwaysRefused,
      0.8,
      `Every request of ${agent.en} was refused`,
      `${agent.zh}的每个请求都被拒绝`,
    );
  },
  remedies: [
    {
      action: 'change-client',
      text: text(
        'Use a program the provider names for this plan, or a key that is paid by use.',
        '使用服务商为此套餐列出的程序，或使用按量付费的密钥。',
      ),
    },
  ],
};
