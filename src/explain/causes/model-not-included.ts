import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** The model's name is wrong here, or the plan does not have it. */
export const modelNotIncluded: Cause = {
  id: 'model-not-included',
  name: text('this model is not available here', '此处没有该模型'),
  starts: {},
  weigh: (_failure, context) => [
    ...when(
      (context.platform?.modelsAsked ?? 0) > (context.platform?.modelsRefused ?? 0),
      1,
      'Other models of this key are served',
      '此密钥的其他模型正常',
    ),
    ...when(
      context.model !== undefined && /\[.*\]$/.test(context.model),
      0.8,
      `The name “${context.model}” carries a hint that is meant for the agent`,
      `名称“${context.model}”带有给智能体的提示`,
    ),
  ],
  remedies: [
    {
      action: 'change-model',
      text: text('Choose a model that the plan and this endpoint list.', '选择套餐和此接口列出的模型。'),
    },
  ],
};
