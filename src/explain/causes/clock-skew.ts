import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';
import { span } from '../wording.ts';

/** The machine's clock is wrong, so that a token looks expired or not yet valid. */
export const clockSkew: Cause = {
  id: 'clock-skew',
  name: text('this machine’s clock is wrong', '本机时钟不准'),
  starts: { 'plan-config': -5 },
  weigh: (_failure, context, code) => {
    const skew = Math.abs(context.clockSkewMs ?? 0);
    const auth = code.starts?.['key-refused'] !== undefined;
    return [
      ...when(
        auth && skew > 120_000,
        skew > 600_000 ? 4 : 2.6,
        `The clock here differs from the provider’s by ${span(skew).en}`,
        `本机时钟与服务商相差 ${span(skew).zh}`,
      ),
      ...when(
        context.clockSkewMs !== undefined && skew <= 120_000,
        -3,
        'The clock here agrees with the provider’s',
        '本机时钟与服务商一致',
      ),
    ];
  },
  remedies: [
    {
      action: 'set-clock',
      text: text(
        'Set this machine’s clock from the network, then log in again.',
        '通过网络校准本机时钟，然后重新登录。',
      ),
    },
  ],
};
