import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { eventually, useProgram } from '../relay/program.ts';
import { startDemo } from '../support/demo.ts';
import { SCENARIOS } from '../support/scenarios/list.ts';

const stage = useProgram();

/** What a person has to see in each. */
const SEEN: Readonly<Record<string, (snapshot: Snapshot) => void>> = {
  'normal-day': ({ accounts, agents }) => {
    expect(agents.length).toBe(2);
    expect(accounts[0]?.windows.find(({ id }) => id === 'five-hour')?.usedFraction).toBeGreaterThan(0.3);
  },
  burst: ({ recent }) => expect(recent.some(({ error }) => error?.code === '1302')).toBe(true),
  'off-scope-evening': ({ flags }) => expect(flags.length).toBeGreaterThan(0),
  'policy-stop': ({ accounts, incidents }) => {
    expect(accounts[0]?.strikes?.confirmed).toBeGreaterThan(0);
    expect(incidents.length).toBeGreaterThan(0);
  },
  'weekly-exhausted': ({ accounts, incidents }) => {
    expect(accounts[0]?.windows.some(({ level }) => level === 'exhausted')).toBe(true);
    expect(incidents.length).toBeGreaterThan(0);
  },
};

test.each(SCENARIOS.map(({ id }) => id))('the demo %s shows what it says, and ends all it started', async (id) => {
  const home = mkdtempSync(join(tmpdir(), 'planward-demo-test-'));
  const demo = await startDemo({
    home,
    speed: 10,
    relayFile: stage.relayFile,
    scenario: SCENARIOS.find((scenario) => scenario.id === id),
  });
  try {
    const seen = SEEN[id];
    if (seen === undefined) await eventually(() => expect(demo.relay.child.exitCode).toBe(0), 20_000);
    else await eventually(async () => seen(await demo.relay.snapshot()), 20_000);
  } finally {
    await demo.close();
    rmSync(home, { recursive: true, force: true });
  }
  expect(demo.relay.child.exitCode ?? demo.relay.child.signalCode).not.toBeNull();
  await expect(fetch(demo.mock.url)).rejects.toThrow();
  expect(existsSync(home)).toBe(false);
});
