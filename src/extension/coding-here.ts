import { randomBytes } from 'node:crypto';
import type { Memento } from 'vscode';
import { recallTaught, teach, type Taught, type TaughtPrompt } from '../scope/taught.ts';

/** Prompts of this workspace that the user settled: called coding, or dismissed. */
export interface CodingHere {
  taught(): Taught;
  dismissed(): Taught;
  /** Prompts alike are taken for coding from now on. */
  teach(text: string, now: number): Promise<void>;
  /** These very words are not shown again. */
  dismiss(text: string, now: number): Promise<void>;
  /** Newest first; `id` is unique. */
  list(): readonly SettledPrompt[];
  forget(ids: readonly string[]): Promise<void>;
}

export interface SettledPrompt {
  readonly id: string;
  readonly kind: 'coding' | 'dismissed';
  readonly at: number;
}

const KEY = 'scope.settled';
const KEPT = 200;

interface Kept {
  readonly salt: string;
  readonly prompts: readonly (TaughtPrompt & { readonly kind: SettledPrompt['kind']; readonly at: number })[];
}

/**
 * Keeps salted hashes of words in the workspace's own memory, nothing readable. The salt is made with the first prompt and
 * never leaves this machine.
 */
export function openCodingHere(memory: Memento): CodingHere {
  const read = (): Kept => memory.get<Kept>(KEY) ?? { salt: randomBytes(16).toString('base64url'), prompts: [] };
  const recall = (kind: SettledPrompt['kind']): Taught => {
    const { salt, prompts } = read();
    return recallTaught(
      prompts.filter((prompt) => prompt.kind === kind),
      salt,
    );
  };
  async function keep(kind: SettledPrompt['kind'], text: string, at: number): Promise<void> {
    const { salt, prompts } = read();
    const prompt = { ...teach(randomBytes(6).toString('hex'), text, salt), kind, at };
    await memory.update(KEY, { salt, prompts: [...prompts, prompt].slice(-KEPT) });
  }
  return {
    taught: () => recall('coding'),
    dismissed: () => recall('dismissed'),
    teach: (text, now) => keep('coding', text, now),
    dismiss: (text, now) => keep('dismissed', text, now),
    list: () =>
      read()
        .prompts.map(({ id, kind, at }) => ({ id, kind, at }))
        .toReversed(),
    async forget(ids) {
      const { salt, prompts } = read();
      await memory.update(KEY, { salt, prompts: prompts.filter(({ id }) => !ids.includes(id)) });
    },
  };
}
