import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { endLeftovers } from './leftovers.ts';

const SLEEP = 'process.on("SIGTERM", () => {}); console.log("up"); setTimeout(() => {}, 20_000)';

test('processes that name the scratch folder are ended, even those that ignore SIGTERM, and no others', async () => {
  const start = async (argument: string) => {
    const child = spawn(process.execPath, ['-e', SLEEP, argument], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    return child;
  };
  const [ours, other] = await Promise.all([start('/scratch/of-leftovers-test/a'), start('/scratch/other')]);
  try {
    const gone = once(ours, 'exit');
    expect(await endLeftovers('/scratch/of-leftovers-test')).toEqual({ found: 1, left: [] });
    await gone;
    expect(other.exitCode ?? other.signalCode).toBeNull();
  } finally {
    ours.kill('SIGKILL');
    other.kill('SIGKILL');
  }
});
