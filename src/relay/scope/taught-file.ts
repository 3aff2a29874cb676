import { readFileSync } from 'node:fs';
import * as z from 'zod';
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
  readonly count: number;
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
    get count() {
      return prompts.length;
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
