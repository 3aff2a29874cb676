import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The credential is wrong, cut off, expired or missing. */
export const keyRefused: Cause = {
  id: 'key-refused',
  name: text('the key is not accepted', '密钥不被接受'),
  starts: {},
  weigh: (_failure, context) => [
    ...when(context.keyWorkedOn?.length === 0, 0.6, 'The key has never been accepted here', '此密钥从未在此被接受'),
    ...when(
      context.keyWorkedOn?.includes('here'),
      0.2,
      'The key worked here before, so it may have been revoked or has expired',
      '此密钥此前可用，可能已被撤销或过期',
    ),
    ...when(
      context.keyWorkedOn?.some((place) => place !== 'here'),
      -1.6,
      'The key works at another address of the vendor',
      '此密钥在该厂商的其他地址可用',
    ),
    ...when(
      Math.abs(context.clockSkewMs ?? 0) > 120_000,
      -0.8,
      'This machine’s clock is off, which can make a good token look expired',
      '本机时钟有偏差，可能使有效令牌看似过期',
    ),
  ],
  remedies: [
    {
      action: 'check-key',
      text: text(
        'Check the key in the agent’s settings, or make a new one in the console; log in again where the agent uses a login.',
        '检查智能体设置中的密钥，或在控制台新建；若智能体使用登录，请重新登录。',
      ),
    },
  ],
};
