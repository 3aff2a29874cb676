import { writeFileSync } from 'node:fs';

/** A clock of its own for a Node process: what `Date` says there, moved while it runs. Timers go as ever. */
export interface ClockAhead {
  /** For the command line, before the program's file. */
  readonly flags: readonly string[];
  /** From now on it is `at` there. */
  set(at: number): void;
  now(): number;
}

/** `file` is where the process looks up how far it is ahead; the clock is right until it is set. */
export function createClockAhead(file: string): ClockAhead {
  let aheadMs = 0;
  writeFileSync(file, '0');
  const source = `
    import { readFileSync } from 'node:fs';
    const RealDate = Date;
    const now = () => RealDate.now() + Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
    // No subclass: libraries look at the properties of its prototype.
    globalThis.Date = new Proxy(RealDate, {
      construct: (it, given, as) => Reflect.construct(it, given.length === 0 ? [now()] : given, as),
      get: (it, name) => (name === 'now' ? now : Reflect.get(it, name)),
    });`;
  return {
    flags: ['--import', `data:text/javascript,${encodeURIComponent(source)}`],
    set(at) {
      aheadMs = at - Date.now();
      writeFileSync(file, String(aheadMs));
    },
    now: () => Date.now() + aheadMs,
  };
}
