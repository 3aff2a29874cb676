import { text } from '../../core/text.ts';
import type { Cause } from '../cause.ts';

/** A filter objected to something in the request or the answer. */
export const contentFilter: Cause = {
  id: 'content-filter',
  name: text('a content filter said no', '内容过滤器拦截'),
  starts: { content: 2 },
  weigh: () => [],
  remedies: [
    {
      action: 'change-request',
      text: text(
        'Take out or rephrase what may have been objected to; files and tool results count as well.',
        '删除或改写可能触发过滤的内容；文件和工具结果也算在内。',
      ),
    },
  ],
};
