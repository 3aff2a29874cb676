import type { TranscriptSource } from '../../core/transcript-source.ts';
import { claudeCodeTranscript } from './claude-code.ts';
import { clineTranscript } from './cline.ts';
import { codexTranscript } from './codex.ts';
import { kiloCodeTranscript, openCodeTranscript } from './opencode.ts';

/** Agent id -> where it writes down what was answered. A new one is a file here and a line in this list. */
export const transcriptSources: readonly (readonly [agentId: string, source: TranscriptSource])[] = [
  ['claude-code', claudeCodeTranscript],
  ['codex', codexTranscript],
  ['cline', clineTranscript],
  ['kilo-code', kiloCodeTranscript],
  ['opencode', openCodeTranscript],
];
