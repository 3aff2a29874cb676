import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The provider decided that its terms were not kept. */
export const policyDecision: Cause = {
  id: 'policy-decision',
  name: text('the provider acted on its terms of use', '服务商依据使用条款采取措施'),
  starts: { 'policy-stop': 2 },
  weigh: (_failure, context) =>
    when(
      (context.policyStops?.count ?? 0) > 0,
      0.5,
      `The provider did so ${context.policyStops?.count} times before`,
      `服务商此前已有 ${context.policyStops?.count} 次`,
    ),
  remedies: [
    {
      action: 'stop-traffic',
      text: text(
        'Stop all traffic of this key for at least an hour; further requests can make it last longer.',
        '停止此密钥的所有流量至少一小时；继续请求可能延长限制。',
      ),
    },
    {
      action: 'appeal',
      text: text(
        'Ask for a review in the provider’s console or from its support.',
        '在服务商控制台或向其支持申请复核。',
      ),
    },
  ],
};
