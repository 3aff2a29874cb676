import { text } from '../../core/text.ts';
import type { Cause } from '../cause.ts';

/** Said where nothing else can be. */
export const notKnown: Cause = {
  id: 'not-known',
  name: text('not known', '未知'),
  starts: { unknown: 1 },
  weigh: () => [],
  remedies: [
    {
      action: 'ask-support',
      text: text(
        'Look the code up in the provider’s documentation, or ask its support with the request id.',
        '在服务商文档中查询此代码，或凭请求 ID 联系其支持。',
      ),
    },
  ],
};
