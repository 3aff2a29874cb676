import { readFileSync } from 'node:fs';

/** What a process has cost so far. */
export interface ProcessCost {
  readonly cpuMs: number;
  readonly peakRssMb: number;
}

/** Kernel ticks a second; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Undefined where there is no `/proc` or no such process. */
export function readProcessCost(pid: number | undefined): ProcessCost | undefined {
  if (pid === undefined) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]); // utime and stime, fields 14 and 15 of proc(5).
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { cpuMs: (ticks * 1000) / TICKS, peakRssMb: Number(peak ?? 0) / 1024 };
  } catch {
    return undefined;
  }
}

/** Resident memory now, in MB; NaN where it cannot be read. */
export function readRssMb(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}
