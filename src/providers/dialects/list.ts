import type { DialectId } from '../../core/exchange.ts';
import type { Dialect } from '../../core/provider.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { gemini } from './gemini.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';

/** Every wire format Planward reads. A new one is a file here and a line in this list. */
export const dialects: readonly Dialect[] = [anthropicMessages, openaiChat, openaiResponses, gemini];

export function findDialect(id: DialectId): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}
