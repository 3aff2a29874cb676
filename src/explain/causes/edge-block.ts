import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** Something between here and the API answered in its place. */
export const edgeBlock: Cause = {
  id: 'edge-block',
  name: text('something in front of the API answered', 'API 前面的某层作出了响应'),
  starts: { 'edge-block': 1.5 },
  weigh: (failure, context) => [
    ...when(failure.markup, 1, 'The answer is a web page, not an API’s error', '响应是网页，而不是 API 错误'),
    ...when(
      /cloudflare|just a moment|challenge|captcha|cf-mitigated|attention required|verify you are human/i.test(
        `${failure.message} ${failure.hints.join(' ')}`,
      ),
      1,
      'It speaks of a check for browsers or robots',
      '其中提到浏览器或机器人检查',
    ),
    ...when(context.outboundProxy, 0.5, 'Requests leave this machine through a proxy', '本机请求经由代理发出'),
    ...when(
      (context.platform?.otherProvidersFailing ?? 0) > 0,
      0.6,
      'Other providers fail in the same way',
      '其他服务商也以同样方式失败',
    ),
  ],
  remedies: [
    {
      action: 'check-network',
      text: text(
        'Check VPN, proxy and firewall, then try again; the plan and the key are not the matter.',
        '检查 VPN、代理和防火墙后重试；与套餐和密钥无关。',
      ),
    },
  ],
};
