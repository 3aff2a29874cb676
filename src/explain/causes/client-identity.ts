import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';
import { agentOf } from '../wording.ts';

/** The provider was reported to refuse requests that carry a certain client's sentence, with a code that speaks of load. */
export const clientIdentity: Cause = {
  id: 'client-identity',
  name: text('the provider refuses this client by what it says it is', '服务商按客户端身份拒绝'),
  starts: { 'account-rate': -2.2, 'platform-overload': -1.2 },
  weigh: (_failure, context) => {
    const agent = agentOf(context);
    return [
      ...when(
        context.identity?.gatedPhrase !== undefined,
        2.5,
        `The request holds “${context.identity?.gatedPhrase}”, which users have shown to be refused`,
        `请求中含有“${context.identity?.gatedPhrase}”，有用户证实会被拒绝`,
      ),
      ...when(
        context.otherClientsPass,
        1.8,
        'Other programs with the same key get through at the same time',
        '同一时间使用同一密钥的其他程序可以通过',
      ),
      ...when(
        context.clientAlwaysRefused,
        1.2,
        `Every request of ${agent.en} was refused, whatever it asked`,
        `${agent.zh}的每个请求都被拒绝`,
      ),
      ...when(
        context.lone === 'refused',
        0.5,
        'A lone request was refused, so it is not the number',
        '单独的请求也被拒绝，与数量无关',
      ),
      ...when(
        context.identity !== undefined && context.identity.gatedPhrase === undefined,
        -2.6,
        'None of the sentences known to be refused is in the request',
        '请求中没有已知会被拒绝的语句',
      ),
      ...when(
        context.clientAlwaysRefused === false,
        -2.4,
        `Other requests of ${agent.en} went through`,
        `${agent.zh}的其他请求可以通过`,
      ),
      ...when(
        (context.platform?.otherAccountsRefused ?? 0) > 0,
        -1,
        'Other accounts are refused as well',
        '其他账户也被拒绝',
      ),
    ];
  },
  remedies: [
    {
      action: 'change-client',
      text: text(
        'Use a tool that the plan names as supported, or ask the makers of this one and the provider. Planward forwards requests unchanged and does not hide who sends them.',
        '使用套餐列明支持的工具，或联系该工具的开发者和服务商。Planward 原样转发请求，不会隐藏发送者。',
      ),
    },
  ],
};
