// node bench/statusline.ts [--runs N]: how long an agent waits for its status line, start-up included: with a relay at hand and
// without one, through the launcher that agents run, and as `planward statusline`. Bare Node beside it, in the same rounds.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installStatuslineProgram } from '../src/connect/statusline/statusline-program.ts';
import { startRelayProcess } from '../test/support/relay-process.ts';
import { percentile } from './statistics.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100' } } });
const runs = Number(values.runs);
const dist = join(import.meta.dirname, '..', 'dist');

const scratch = mkdtempSync(join(tmpdir(), 'planward-bench-statusline-'));
const homes = { relay: join(scratch, 'relay'), alone: join(scratch, 'alone') };
for (const home of Object.values(homes)) installStatuslineProgram(home, { dist, runtime: process.execPath });
const empty = join(scratch, 'empty.cjs');
writeFileSync(empty, '');

/** As Claude Code gives it on stdin. */
function session(round: number): string {
  const inSeconds = Math.floor(Date.now() / 1000);
  return JSON.stringify({
    session_id: 'bench',
    version: '2.1.330',
    model: { id: 'claude-opus-5', display_name: 'Opus 5' },
    cost: { total_cost_usd: round / 100 },
    context_window: { used_percentage: round % 100 },
    rate_limits: {
      five_hour: { used_percentage: round % 100, resets_at: inSeconds + 9000 },
      seven_day: { used_percentage: 20, resets_at: inSeconds + 400_000 },
    },
  });
}

/** From the start of the program to its end, ms, and what it printed. */
function time(command: string, args: readonly string[], input: string): Promise<{ took: number; line: string }> {
  const began = performance.now();
  const env = { PATH: process.env['PATH'], HOME: scratch };
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env });
  child.stdin.on('error', () => {}); // Bare Node does not read it.
  child.stdin.end(input);
  let line = '';
  child.stdout.on('data', (chunk: Buffer) => (line += chunk.toString()));
  return new Promise((resolve) => child.once('close', () => resolve({ took: performance.now() - began, line })));
}

const launcher = (home: string): string => join(home, 'hooks', 'planward-statusline');
const ways: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['bare Node, an empty program', process.execPath, [empty]],
  ['status line, with a relay', launcher(homes.relay), ['claude-code']],
  ['status line, without a relay', launcher(homes.alone), ['claude-code']],
  [
    '`planward statusline`, without',
    process.execPath,
    [join(dist, 'cli.cjs'), 'statusline', 'claude-code', '--home', homes.alone],
  ],
];
let relay: Awaited<ReturnType<typeof startRelayProcess>> | undefined;
try {
  relay = await startRelayProcess({ home: homes.relay, upstreams: {} });
  const times = ways.map((): number[] => []);
  for (let round = -3; round < runs; round++) {
    for (const [i, [name, command, args]] of ways.entries()) {
      const { took, line } = await time(command, args, session(Math.abs(round)));
      // One that says nothing fast would be no measurement.
      if (i > 0 && line.trim() === '') throw new Error(`${name}: printed nothing`);
      if (round >= 0) times[i]!.push(took);
    }
  }
  console.log(`${runs} rounds, load ${loadavg()[0]!.toFixed(1)}; ms from start to end`);
  for (const [i, [name]] of ways.entries()) {
    const sorted = times[i]!.toSorted((a, b) => a - b);
    const [least, p50, p95] = [sorted[0]!, percentile(sorted, 0.5), percentile(sorted, 0.95)];
    console.log(`${name.padEnd(31)} least ${least.toFixed(1)}  p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}`);
  }
} finally {
  await relay?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
