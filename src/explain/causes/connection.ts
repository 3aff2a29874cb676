import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The provider was never reached, or the line broke. */
export const connection: Cause = {
  id: 'connection',
  name: text('the connection to the provider', '到服务商的网络连接'),
  starts: { 'provider-fault': -2, 'edge-block': -1.5 },
  weigh: (failure, context) => [
    ...when(
      failure.status === undefined &&
        /ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|socket|fetch failed|network|timed? ?out|certificate|getaddrinfo/i.test(
          `${failure.code ?? ''} ${failure.message}`,
        ),
      3.4,
      'No answer came: the connection failed or broke',
      '没有收到响应：连接失败或中断',
    ),
    ...when(
      (context.platform?.otherProvidersFailing ?? 0) > 0,
      2,
      'Other providers cannot be reached either',
      '其他服务商也无法访问',
    ),
    ...when(context.outboundProxy, 0.4, 'Requests leave this machine through a proxy', '本机请求经由代理发出'),
  ],
  remedies: [
    {
      action: 'check-network',
      text: text('Check the network, VPN and proxy settings of this machine.', '检查本机网络、VPN 和代理设置。'),
    },
  ],
};
