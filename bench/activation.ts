// node bench/activation.ts [--runs N]: what the extension costs the extension host, CPU of its thread in ms, of the programs in
// dist (build with --minify first): until `activate()` returns, and afterwards until it stands, where there is no relay. VS Code's
// own clock is read by the host suite (test/vscode/host-suite/startup-time.test.ts).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ActivationCost } from '../test/support/activation-process.ts';
import { percentile } from './statistics.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' } } });
const root = join(import.meta.dirname, '..');
const program = join(root, 'test', 'support', 'activation-process.ts');
const scratch = mkdtempSync(join(tmpdir(), 'planward-bench-activation-'));

const costs: ActivationCost[] = [];
try {
  for (let run = 0; run < Number(values.runs); run++) {
    const line = execFileSync(process.execPath, [program, join(root, 'dist'), scratch], { timeout: 60_000 });
    costs.push(JSON.parse(line.toString()) as ActivationCost);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const [first] = costs;
if (first === undefined) throw new Error('no run');
console.log(`${costs.length} runs, load ${loadavg()[0]!.toFixed(1)}; CPU of the thread, ms`);
tell('code loaded', (cost) => cost.start.loadMs, first.start.files);
tell('activate()', (cost) => cost.start.activateMs, []);
tell('afterwards', (cost) => cost.after.ms, first.after.files);

function tell(what: string, of: (cost: ActivationCost) => number, files: ActivationCost['start']['files']): void {
  const sorted = costs.map(of).toSorted((a, b) => a - b);
  const [p50, p95] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
  const kilobytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  const loaded = files.length === 0 ? '' : `  ${files.length} files, ${kilobytes.toFixed(0)} KB`;
  console.log(
    `${what.padEnd(12)} least ${sorted[0]!.toFixed(1)}  p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}${loaded}`,
  );
}
