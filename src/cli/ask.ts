import { createInterface } from 'node:readline/promises';

/** Asks a yes-or-no question where somebody can answer it; `otherwise` where nobody can. */
export async function ask(question: string, otherwise: boolean): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return otherwise;
  const line = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await line.question(`${question} [y/N] `)).trim());
  } finally {
    line.close();
  }
}
