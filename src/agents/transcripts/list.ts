import type { Places } from '../../core/connection.ts';
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

/** Agent id -> the folders and files that are looked through for this user, there or not. */
export function transcriptPlaces(places: Places): readonly (readonly [agentId: string, paths: readonly string[]])[] {
  return transcriptSources.map(([agentId, source]) => [
    agentId,
    source.kind === 'table' ? source.files(places) : source.folders(places),
  ]);
}
