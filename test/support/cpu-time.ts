/**
 * Milliseconds of processor time this thread spends on some work. Unlike a clock it does not run on while others have the
 * processor, so a test can tell a reader that goes quadratic from a machine that is busy.
 */
export function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
