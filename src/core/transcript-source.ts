import type { Places } from './connection.ts';
import type { Written, WrittenPrompt } from './seen-turn.ts';

/** Reads a file of lines from its beginning, or on from where `state` was given. Never throws. */
export interface LineReader {
  /** One whole line without its end. */
  line(text: string): readonly Written[];
  /** What it has to know to read on later: plain JSON, small. */
  state(): unknown;
}

/** A row of an agent's own database: one message as JSON. */
export interface WrittenRow {
  readonly id: string;
  readonly sessionId: string;
  readonly updatedAt: number;
  readonly data: string;
}

/**
 * Where an agent writes down what its model answered, and how that is read. Pure data and readers; nothing here touches a
 * disk. A source reads figures only: no words of a conversation leave it but through `prompts`, which is asked only where the user
 * allowed it.
 *
 * - `lines`: files that only grow, one JSON object a line.
 * - `whole`: JSON files that are written anew at every message; `read` gives all of one.
 * - `table`: a SQLite database with one message a row.
 */
export type TranscriptSource = {
  /** Provider of ours for the name the agent uses, or for a model where it names none; undefined where that does not tell. */
  providerOf(provider: string | undefined, model: string | undefined): string | undefined;
  /** What these files leave out, one plain sentence each. */
  readonly blind: readonly string[];
} & (
  | {
      readonly kind: 'lines';
      folders(places: Places): readonly string[];
      /** True for a file below such a folder; `name` with forward slashes. */
      matches(name: string): boolean;
      /** A line without one of these bytes is passed over unread. */
      readonly telling: readonly string[];
      createReader(state: unknown): LineReader;
      /** What persons asked; absent where these files are not read for it. */
      readonly prompts?: {
        /** A line without one of these bytes holds no prompt. */
        readonly telling: readonly string[];
        read(line: string): WrittenPrompt | undefined;
      };
    }
  | {
      readonly kind: 'whole';
      folders(places: Places): readonly string[];
      matches(name: string): boolean;
      read(text: string): readonly Written[];
    }
  | {
      readonly kind: 'table';
      files(places: Places): readonly string[];
      /** Names in the database; columns `id`, `session_id`, `time_updated` (ms) and `data`. */
      readonly table: string;
      read(row: WrittenRow): readonly Written[];
    }
);
