import { text } from '../../core/text.ts';
import type { Cause } from '../cause.ts';

/** The account is locked, inactive or waits for a confirmation; the provider does not say why. */
export const accountBlocked: Cause = {
  id: 'account-blocked',
  name: text('the account is locked or not active', '账户被锁定或未激活'),
  starts: {},
  weigh: () => [],
  remedies: [
    {
      action: 'check-plan',
      text: text('Log in to the provider’s console and look for a notice.', '登录服务商控制台查看通知。'),
    },
  ],
};
