import { getHeapStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { tidyMemory } from '../../src/relay/tidy-memory.ts';
import { eventually } from './program.ts';

const heapMb = (): number => getHeapStatistics().total_heap_size / 1024 / 1024;

/** Leaves so much behind that was in use for a while. */
function leaveBehind(megabytes: number): void {
  const kept: unknown[] = [];
  for (let i = 0; i < megabytes * 10_000; i += 1) kept.push({ i, text: `${i}` });
}

test('what a busy time left is given back once there is nothing to do', async () => {
  leaveBehind(30);
  const grown = heapMb();
  const end = tidyMemory({ everyMs: 50 });
  try {
    await eventually(() => expect(heapMb()).toBeLessThan(grown - 15), 20_000);
  } finally {
    end();
  }
}, 30_000);
