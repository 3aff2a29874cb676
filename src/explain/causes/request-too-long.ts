import { text } from '../../core/text.ts';
import { when, type Cause } from '../cause.ts';

/** More text than the model or the endpoint takes. */
export const requestTooLong: Cause = {
  id: 'request-too-long',
  name: text('the conversation is too long for this model', '对话超过此模型的长度上限'),
  starts: { 'bad-request': -1.5 },
  weigh: (failure) =>
    when(
      /too long|context (length|window)|max(imum)? (length|tokens)|token limit|exceeds limit|too large|prompt is too/i.test(
        failure.message,
      ),
      2.8,
      'The message speaks of length',
      '消息提到长度',
    ),
  remedies: [
    {
      action: 'change-request',
      text: text('Compact the conversation or start a new one.', '压缩对话，或开始新对话。'),
    },
  ],
};
