import { seed } from '../support/run-length.ts';
import { createDice, type Dice } from './garble.ts';

/** Does something `count` times with one dice; where it throws, the error names the seed that brings it back. */
export function repeat(count: number, work: (dice: Dice) => void): void {
  const start = seed();
  const dice = createDice(start);
  for (let i = 0; i < count; i += 1) {
    try {
      work(dice);
    } catch (error) {
      throw new Error(`PLANWARD_SEED=${start}, input ${i}: ${(error as Error).message}`, { cause: error });
    }
  }
}
