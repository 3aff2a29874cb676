import { randomUUID } from 'node:crypto';

/** A name for a journal entry. */
export function newId(): string {
  return randomUUID();
}
