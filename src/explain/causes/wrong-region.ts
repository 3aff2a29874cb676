import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** A key of the vendor's other site. */
export const wrongRegion: Cause = {
  id: 'wrong-region',
  name: text('the key belongs to the vendor’s other site', '密钥属于另一站点'),
  starts: {},
  weigh: (_failure, context) => [
    ...when(
      context.keyWorkedOn?.includes('other-region'),
      3.4,
      'The same key was accepted on the vendor’s other site',
      '同一密钥在该厂商的另一站点可用',
    ),
    ...when(context.keyWorkedOn?.includes('here'), -3, 'The same key worked here before', '同一密钥此前在此可用'),
    ...when(context.keyWorkedOn?.length === 0, 0.4, 'The key has never been accepted here', '此密钥从未在此被接受'),
  ],
  remedies: [
    {
      action: 'check-endpoint',
      text: text(
        'Use the address of the site where the key was made; international and Chinese keys are not interchangeable.',
        '使用创建密钥的站点的地址；国际站与中国站的密钥不能互换。',
      ),
    },
  ],
};
