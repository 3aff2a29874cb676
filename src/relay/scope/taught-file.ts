import { readFileSync } from 'node:fs';
import { decodeTime, isValid } from 'ulid';
import * as z from 'zod';
import type { TaughtEntry } from '../../protocol/control.ts';
import { recallTaught, teach, type Taught, type TaughtPrompt } from '../../scope/taught.ts';
import { writeAtomically } from '../atomic-file.ts';

const fileSchema = z.object({
  version: z.literal(1),
  prompts: z.array(z.object({ id: z.string(), hashes: z.array(z.number()) })),
});

const KEPT = 500;

/** What the user called coding: salted hashes of words, in `taught.json` of the home; nothing readable. */
export interface TaughtFile {
  readonly taught: () => Taught;
  /** False where it could not be kept; it holds until the relay ends all the same. */
  add(id: string, text: string): boolean;
  /** Newest first. Ids are ULIDs, so they tell when. */
  list(): readonly TaughtEntry[];
  /** Takes prompts back; how many of them were known. */
  forget(ids: readonly string[]): number;
}

/** Absent or damaged: nothing was taught. Never throws. */
export function openTaught(path: string, salt: Uint8Array): TaughtFile {
  const words = Buffer.from(salt).toString('base64url');
  let prompts: readonly TaughtPrompt[] = read(path);
  let taught = recallTaught(prompts, words);
  return {
    taught: () => taught,
    add(id, text) {
      prompts = [...prompts, teach(id, text, words)].slice(-KEPT);
      taught = recallTaught(prompts, words);
      return writeAtomically(path, `${JSON.stringify({ version: 1, prompts })}\n`).ok;
    },
    list: () => prompts.map(({ id }) => ({ id, at: isValid(id) ? decodeTime(id) : 0 })).toReversed(),
    forget(ids) {
      const kept = prompts.filter(({ id }) => !ids.includes(id));
      const gone = prompts.length - kept.length;
      if (gone === 0) return 0;
      prompts = kept;
      taught = recallTaught(prompts, words);
      writeAtomically(path, `${JSON.stringify({ version: 1, prompts })}\n`);
      return gone;
    },
  };
}

function read(path: string): readonly TaughtPrompt[] {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data.prompts : [];
  } catch {
    return [];
  }
}
