import type { Places } from '../core/connection.ts';
import type { Written } from '../core/seen-turn.ts';

/** What the thread that reads agents' own files is started with. */
export interface TranscriptsThreadData {
  readonly role: 'transcripts';
  readonly places: Places;
  /** File of the home that says how far each file was read. */
  readonly marks: string;
  /** Whether what persons asked is read too, and from when on. */
  readonly promptsSince: number | undefined;
  /** Between two looks; longer while nothing changes. */
  readonly everyMs: number;
}

export type TranscriptsOrder =
  /** The last batch is safe in the ledger. */
  | { readonly kind: 'kept' }
  /** It is not: read it again later. */
  | { readonly kind: 'later' }
  | { readonly kind: 'close' };

export interface TranscriptsProgress {
  readonly files: number;
  /** Bytes that were new at this look, and how many of them are read. */
  readonly bytes: number;
  readonly bytesRead: number;
}

export type TranscriptsNews =
  | ({ readonly kind: 'batch'; readonly agentId: string; readonly found: readonly Written[] } & TranscriptsProgress)
  /** All that is there is read. */
  | ({ readonly kind: 'idle' } & TranscriptsProgress);
