import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';
import { span } from '../wording.ts';

/** The account itself was slowed down by the provider, whatever is sent. */
export const accountThrottle: Cause = {
  id: 'account-throttle',
  name: text('the provider throttles this account', '服务商对此账户限流'),
  starts: { 'account-rate': -2, 'platform-overload': -3 },
  weigh: (_failure, context) => {
    const lasted = context.refusedForMs ?? 0;
    const nothing = context.passedMeanwhile === undefined || context.passedMeanwhile === 0;
    return [
      ...when(
        context.lone === 'refused',
        2.2,
        'A request that had the key to itself was refused',
        '单独发送的请求也被拒绝',
      ),
      ...when(
        lasted >= 600_000 && nothing,
        2,
        `Nothing has gone through for ${span(lasted).en}`,
        `已有 ${span(lasted).zh}没有请求通过`,
      ),
      ...when(
        (context.policyStops?.count ?? 0) > 0,
        1,
        'The provider restricted this account before',
        '服务商此前限制过此账户',
      ),
      ...when(
        context.windows?.some((window) => (window.usedFraction ?? 1) < 0.9) === true &&
          context.windows.every((window) => (window.usedFraction ?? 0) < 0.9),
        0.4,
        'The plan’s windows are far from used up',
        '套餐额度远未用完',
      ),
      ...when(
        (context.passedMeanwhile ?? 0) > 0,
        -3,
        `${context.passedMeanwhile} other requests of this key went through in between`,
        `期间此密钥有 ${context.passedMeanwhile} 个其他请求通过`,
      ),
      ...when(context.lone === 'accepted', -3, 'A lone request goes through', '单独的请求可以通过'),
      ...when((context.inFlight ?? 0) >= 2, -0.6, 'Several requests were in flight', '有多个请求在进行'),
      ...when(
        (context.platform?.otherAccountsRefused ?? 0) > 0,
        -1.6,
        'Other accounts are refused as well',
        '其他账户也被拒绝',
      ),
      ...when(
        context.otherClientsPass,
        -2.4,
        'Other programs with the same key get through',
        '使用同一密钥的其他程序可以通过',
      ),
      ...when(
        context.identity?.gatedPhrase !== undefined,
        -0.8,
        'A known client sentence explains it as well',
        '已知的客户端语句也能解释',
      ),
    ];
  },
  remedies: [
    {
      action: 'stop-traffic',
      text: text(
        'Pause all agents that use this key for at least an hour, then try one request by hand.',
        '暂停使用此密钥的所有智能体至少一小时，然后手动试一个请求。',
      ),
    },
    {
      action: 'ask-support',
      text: text(
        'If a lone request is still refused then, look for a notice in the provider’s console and ask its support.',
        '若届时单独的请求仍被拒绝，请查看服务商控制台的通知并联系支持。',
      ),
    },
  ],
};
