import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';
import { agentOf } from '../wording.ts';

/** The tool is not one the plan was sold for. */
export const unsupportedTool: Cause = {
  id: 'unsupported-tool',
  name: text('a tool that the plan does not list', '使用了套餐未列出的工具'),
  starts: { 'policy-stop': -1.4, 'account-rate': -4, 'platform-overload': -4, 'client-not-allowed': -1 },
  weigh: (_failure, context) => {
    const agent = agentOf(context);
    return [
      ...when(
        context.toolSupport === 'not-listed',
        1.8,
        `The plan’s terms do not list ${agent.en}`,
        `套餐条款未列出${agent.zh}`,
      ),
      ...when(
        context.toolSupport === 'best-effort',
        0.8,
        `The plan serves ${agent.en} with secondary priority only`,
        `套餐仅以次要优先级支持${agent.zh}`,
      ),
      ...when(context.toolSupport === 'supported', -2.6, `The plan lists ${agent.en}`, `套餐列出了${agent.zh}`),
    ];
  },
  remedies: [
    {
      action: 'change-client',
      text: text('Use a tool that the plan lists as supported.', '使用套餐列明支持的工具。'),
    },
  ],
};
