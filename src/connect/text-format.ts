import type { KeyPath } from '../core/connection.ts';

/** Reads and changes one format. Everything but the value asked for stays as it is written. Both may throw. */
export interface TextFormat {
  /** Undefined for a text without content. */
  parse(text: string): unknown;
  /**
   * Puts a value at the path; `undefined` takes the key away. A list grows where its index is its length. What is no text only
   * JSON and its kin take; the others throw.
   */
  edit(text: string, path: KeyPath, value: unknown): string;
}
