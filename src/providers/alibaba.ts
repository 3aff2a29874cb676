import { alibabaProvider } from './alibaba-provider.ts';

/** Alibaba Cloud (Bailian), Chinese site. */
export const alibaba = alibabaProvider({
  id: 'alibaba',
  name: 'Alibaba Coding Plan (China)',
  upstream: 'https://coding.dashscope.aliyuncs.com',
});
