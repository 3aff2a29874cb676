import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** What was asked is outside the plan's terms. */
export const offScopeUse: Cause = {
  id: 'off-scope-use',
  name: text('requests outside the plan’s scope', '请求超出套餐范围'),
  starts: { 'policy-stop': -1.4, 'account-rate': -4 },
  weigh: (_failure, context, code) => [
    ...when(
      (context.offScopeFlags ?? 0) > 0,
      code.class === 'policy-stop' ? Math.min(2.4, 0.8 * (context.offScopeFlags ?? 0)) : 0.8,
      `Planward flagged ${context.offScopeFlags} requests as off-scope in the day before`,
      `Planward 在前一天标记了 ${context.offScopeFlags} 个超出范围的请求`,
    ),
    ...when(context.offScopeFlags === 0, -1.6, 'Planward flagged nothing in the day before', 'Planward 前一天没有标记'),
    ...when(
      code.class !== 'policy-stop',
      -0.5,
      'No document of the provider ties this code to what a prompt is about',
      '服务商没有文档把此代码与提示词内容联系起来',
    ),
  ],
  remedies: [
    {
      action: 'review-flags',
      text: text(
        'Look through the flags and move such work to another provider.',
        '查看标记，将此类工作移到其他服务商。',
      ),
    },
  ],
};
