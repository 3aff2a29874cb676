import type { PolicyPack } from '../core/policy-pack.ts';

/** MiniMax Token Plan. Its documentation invites any use; only the key is bound to the plan. */
export const minimax: PolicyPack = {
  id: 'minimax',
  name: 'MiniMax Token Plan',
  vendor: 'MiniMax',
  providers: ['minimax', 'minimax-cn'],
  version: '2026-09-16',
  tools: [],
  rules: [
    {
      id: 'keep-key',
      title: 'Keep the key to yourself',
      says: 'The plan key is bound to the subscription and should be kept safe; no rule on tasks or tools was found.',
      quote: '请妥善保管您的 API Key，防止资源损失。',
      source: {
        url: 'https://platform.minimaxi.com/docs/token-plan/intro',
        readOn: '2026-09-16',
        doubt: 'Older secondary sources speak of a closed list of tools; the current text has none.',
      },
      severity: 'info',
      match: { by: 'signal', anyOf: ['several-people', 'forwarded'] },
      mustMatch: [{ shows: 'a shared key', zh: '共用的密钥', text: 'fix the test', signals: ['several-people'] }],
      mustNotMatch: [
        {
          shows: 'any task',
          zh: '任意任务',
          text: 'Plan a trip to Lisbon for four days with my parents',
          client: 'openclaw',
        },
      ],
      appeal: 'Platform support.',
      enforcement: 'None known.',
      advice: 'Nothing to do but to keep the key private.',
      zh: {
        title: '妥善保管密钥',
        says: '套餐密钥与订阅绑定，应妥善保管；未发现关于任务或工具的规则。',
        appeal: '平台客服。',
        enforcement: '未知。',
        advice: '无需处理，保管好密钥即可。',
        doubt: '较早的二手资料提到封闭的工具清单；现行条文没有。',
      },
    },
  ],
  notKnown: ['Any rule on tasks, tools or batches: none was found in the current documents.'],
  zh: { notKnown: ['任何关于任务、工具或批处理的规则：现行文件中均未发现。'] },
};
