/** One prompt that the user called coding: salted hashes of its words and word pairs, nothing readable. */
export interface TaughtPrompt {
  readonly id: string;
  readonly hashes: readonly number[];
}

export interface Taught {
  /** 0 where nothing taught resembles the text, up to 1 where it is the same. */
  likeness(text: string): number;
}

const MOST_HASHES = 60;
/** Below this share of common words two prompts are not taken for the same. */
const ALIKE_FROM = 0.6;

/** What to keep of a prompt the user called coding. The salt is the workspace's own and never leaves it. */
export function teach(id: string, text: string, salt: string): TaughtPrompt {
  return { id, hashes: [...saltedHashes(text, salt)].slice(0, MOST_HASHES) };
}

/** Compares texts with what was taught; removing a prompt from the list unteaches it. */
export function recallTaught(prompts: readonly TaughtPrompt[], salt: string): Taught {
  const sets = prompts.map(({ hashes }) => new Set(hashes));
  return {
    likeness(text) {
      if (sets.length === 0) return 0;
      const hashes = [...saltedHashes(text, salt)].slice(0, MOST_HASHES);
      if (hashes.length === 0) return 0;
      let best = 0;
      for (const set of sets) {
        const common = hashes.filter((hash) => set.has(hash)).length;
        best = Math.max(best, common / (hashes.length + set.size - common));
      }
      return best < ALIKE_FROM ? 0 : best;
    },
  };
}

function saltedHashes(text: string, salt: string): Set<number> {
  const words =
    text
      .slice(0, 1200)
      .toLowerCase()
      .match(/[\p{Script=Han}]|[\p{L}\p{N}_]+/gu) ?? [];
  const hashes = new Set<number>();
  for (const [index, word] of words.entries()) {
    hashes.add(fold(`${salt}\n${word}`));
    if (index > 0) hashes.add(fold(`${salt}\n${words[index - 1]} ${word}`));
  }
  return hashes;
}

function fold(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
