import { alibabaProvider } from './alibaba-provider.ts';

/** Alibaba Cloud (Model Studio), international site. */
export const alibabaIntl = alibabaProvider({
  id: 'alibaba-intl',
  name: 'Alibaba Coding Plan',
  upstream: 'https://coding-intl.dashscope.aliyuncs.com',
});
