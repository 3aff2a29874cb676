import { mkdtempSync, rmSync } from 'node:fs';
import { arch, cpus, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { startLoadGenerator } from './load-task.ts';
import { measure, type Scale, type TargetReport } from './measure.ts';
import { startTargets, type Targets } from './targets.ts';

export interface BenchReport {
  readonly schema: 'planward.bench.v1';
  readonly at: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly system: string;
    readonly node: string;
  };
  readonly scale: Scale;
  readonly absent: Targets['absent'];
  readonly targets: readonly TargetReport[];
}

/** One whole run in a scratch folder: starts everything, measures, ends everything. Rejects where anything fails. */
export async function bench(scale: Scale, say: (line: string) => void): Promise<BenchReport> {
  const scratch = mkdtempSync(join(tmpdir(), 'planward-bench-'));
  const sweep = (): void => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  try {
    const targets = await startTargets(scratch);
    process.once('exit', sweep); // For a run that is broken off; after the targets' own, which end them.
    const load = startLoadGenerator();
    try {
      return {
        schema: 'planward.bench.v1',
        at: new Date().toISOString(),
        machine: {
          cpu: cpus()[0]?.model.trim() ?? 'unknown',
          cores: cpus().length,
          memoryGb: Math.round(totalmem() / 1024 ** 3),
          system: `${platform()} ${release()} ${arch()}`,
          node: process.version,
        },
        scale,
        absent: targets.absent,
        targets: await measure(targets.list, load, scale, say),
      };
    } finally {
      await load.stop();
      await targets.stop();
    }
  } finally {
    sweep();
    process.off('exit', sweep);
  }
}
