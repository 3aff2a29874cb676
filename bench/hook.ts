// node bench/hook.ts [--runs N] [--json FILE]: how long a prompt waits for the installed hook, its start-up included: with a
// relay at hand and without one, through the launcher that agents run. Bare Node beside it, in the same rounds.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hookProgram, installHookProgram } from '../src/connect/hooks/hook-program.ts';
import { startRelayProcess } from '../test/support/relay-process.ts';
import { percentile } from './statistics.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' }, json: { type: 'string' } } });
const runs = Number(values.runs ?? 100);
const dist = join(import.meta.dirname, '..', 'dist');

const PROMPTS = [
  'Fix the failing test in src/main.rs and run cargo test again.',
  'Plan a five day trip to Lisbon for my parents, with hotels near the beach and a restaurant for each evening.',
];

const scratch = mkdtempSync(join(tmpdir(), 'planward-bench-hook-'));
const homes = { relay: join(scratch, 'relay'), alone: join(scratch, 'alone') };
for (const home of Object.values(homes)) {
  installHookProgram(home, { dist, runtime: process.execPath });
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ modes: { zai: 'warn' } }));
}
const empty = join(scratch, 'empty.cjs');
writeFileSync(empty, '');

/** From the start of the program to its end, ms. */
function time(command: string, args: readonly string[], prompt: string): Promise<number> {
  const input = JSON.stringify({ hook_event_name: 'UserPromptSubmit', session_id: `${Math.random()}`, prompt });
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } });
  child.stdin.on('error', () => {}); // Bare Node does not read it.
  child.stdin.end(input);
  child.stdout.resume();
  return new Promise((resolve) => child.once('close', () => resolve(performance.now() - began)));
}

const ways: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['bare Node, an empty program', process.execPath, [empty]],
  ['hook, with a relay', hookProgram(homes.relay, 'zai').launcher, ['claude-code', '--provider', 'zai']],
  ['hook, without a relay', hookProgram(homes.alone, 'zai').launcher, ['claude-code', '--provider', 'zai']],
];
const relay = await startRelayProcess({ home: homes.relay, upstreams: {} });
try {
  const times = ways.map((): number[] => []);
  for (let round = -5; round < runs; round++) {
    for (const [i, [, command, args]] of ways.entries()) {
      const took = await time(command, args, PROMPTS[Math.abs(round) % PROMPTS.length]!);
      if (round >= 0) times[i]!.push(took);
    }
  }
  const load = loadavg()[0]!.toFixed(1);
  console.log(`${runs} rounds, load ${load}; ms from start to end`);
  const figures = ways.map(([name], i) => {
    const sorted = times[i]!.toSorted((a, b) => a - b);
    return { name, least: sorted[0]!, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
  });
  for (const { name, least, p50, p95 } of figures) {
    console.log(`${name.padEnd(30)} least ${least.toFixed(1)}  p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}`);
  }
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ runs, load, figures }, undefined, 2)}\n`);
} finally {
  await relay.stop();
  rmSync(scratch, { recursive: true, force: true });
}
