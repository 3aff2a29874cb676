import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The time of day, as something that makes other causes worse. */
export const peakHours: Cause = {
  id: 'peak-hours',
  name: text('peak hours', '高峰时段'),
  starts: { 'account-rate': -1.9, 'platform-overload': -1.2 },
  weigh: (_failure, context) => [
    ...when(context.peak?.now, 1.2, 'It is within the provider’s peak hours', '处于服务商的高峰时段'),
    ...when(context.peak?.now === false, -3, 'It is outside the provider’s peak hours', '不在服务商的高峰时段'),
    ...when(context.lone === 'refused', -1, 'Even a lone request is refused', '单独的请求也被拒绝'),
  ],
  remedies: [
    {
      action: 'wait',
      text: text('Move heavy work outside the peak hours.', '将繁重的工作移到高峰时段之外。'),
    },
  ],
};
