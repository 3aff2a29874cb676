import type { FailureContext } from '../../core/incident.ts';
import { text } from '../../core/text.ts';
import { evidence, when, type Cause, type Evidence } from '../cause.ts';

/** The provider has more to do than it can, for everybody. */
export const platformOverload: Cause = {
  id: 'platform-overload',
  name: text('the provider is overloaded', '服务商过载'),
  starts: { 'platform-overload': 0.8, 'account-rate': -2, 'provider-fault': -1, 'edge-block': -2.5 },
  weigh: (_failure, context, code) => [
    ...pattern(context),
    ...when(
      context.peak?.now,
      code.class === 'platform-overload' ? 0.6 : 0.3,
      'These are its peak hours',
      '现在是高峰时段',
    ),
    ...when(
      code.class === 'platform-overload' && (context.passedMeanwhile ?? 0) > 0,
      0.4,
      'Some requests went through in between',
      '期间有部分请求通过',
    ),
    ...when(
      context.otherClientsPass === true && context.clientAlwaysRefused === true,
      -2,
      'Only one program is refused, and always',
      '只有一个程序被拒绝，且总是被拒绝',
    ),
  ],
  remedies: [
    {
      action: 'wait',
      text: text(
        'Wait 30, 60, then 90 seconds between tries; it concerns everyone and passes.',
        '两次重试之间等待 30、60、90 秒；这影响所有人，会自行恢复。',
      ),
    },
    { action: 'change-model', text: text('Try another model meanwhile.', '暂时换用其他模型。') },
  ],
};

function pattern({ platform }: FailureContext): readonly Evidence[] {
  if (platform === undefined) return [];
  const all = platform.modelsAsked >= 2 && platform.modelsRefused === platform.modelsAsked;
  return [
    ...when(
      all,
      1.4,
      `All ${platform.modelsAsked} models that were asked refuse`,
      `请求过的 ${platform.modelsAsked} 个模型全部拒绝`,
    ),
    ...when(
      (platform.otherAccountsRefused ?? 0) > 0,
      2,
      'Other accounts of this provider are refused at the same time',
      '同一时间此服务商的其他账户也被拒绝',
    ),
    ...when(
      platform.otherAccountsRefused === 0,
      -0.8,
      'Another account of this provider is served',
      '此服务商的另一账户正常',
    ),
    ...(platform.otherProvidersFailing !== undefined && platform.otherProvidersFailing > 0
      ? [
          evidence(
            -1.2,
            'Other providers fail too, so it may be the connection',
            '其他服务商也失败，可能是网络连接问题',
          ),
        ]
      : []),
  ];
}
