import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The agent sends something the API does not accept. */
export const requestMalformed: Cause = {
  id: 'request-malformed',
  name: text('the request is not what the API accepts', '请求不符合 API 要求'),
  starts: { 'bad-request': 1.4 },
  weigh: (_failure, context) => [
    ...when(
      context.clientAlwaysRefused,
      0.4,
      'Every request of this program gets the same answer',
      '此程序的每个请求都得到相同响应',
    ),
  ],
  remedies: [
    {
      action: 'change-request',
      text: text(
        'Update the agent, or switch off the option the message names; the same request fails again.',
        '更新智能体，或关闭消息所指的选项；同样的请求会再次失败。',
      ),
    },
  ],
};
