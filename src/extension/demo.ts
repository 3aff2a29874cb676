import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Where the demo's own relay is. */
export interface DemoPlace {
  readonly home: string;
  readonly port: number;
}

/** The demo of this window: a process with simulated agents, a mock provider and a relay in a scratch home. */
export interface Demo {
  /** Undefined while none runs. */
  place(): DemoPlace | undefined;
  /** Ends one that runs first. Rejects with the program's words where it does not start in time. */
  start(scenario: string): Promise<void>;
  stop(): Promise<void>;
  dispose(): void;
}

const START_MS = 20_000;

/** `onChange`: a demo began or ended, also by itself. Its standard input ends with this process, and it with that. */
export function createDemo(program: string, onChange: () => void): Demo {
  let running: { readonly child: ChildProcess; readonly gone: Promise<void> } | undefined;
  let place: DemoPlace | undefined;

  function move(to: DemoPlace | undefined): void {
    if (to === place) return;
    place = to;
    onChange();
  }

  async function stop(): Promise<void> {
    const ending = running;
    running = undefined;
    move(undefined);
    ending?.child.stdin?.end();
    await ending?.gone;
  }

  async function start(scenario: string): Promise<void> {
    await stop();
    const child = spawn(process.execPath, [program, '--scenario', scenario], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-500)));
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', (error) => {
        words = error.message;
        resolve();
      });
    });
    running = { child, gone };
    const said = await Promise.race([
      new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
      gone,
      new Promise<void>((resolve) => void setTimeout(resolve, START_MS).unref()),
    ]);
    if (typeof said !== 'string') {
      child.kill();
      running = undefined;
      throw new Error(words.trim() || 'the demo did not start in time');
    }
    const { home, port } = JSON.parse(said) as DemoPlace;
    move({ home, port });
    void gone.then(() => {
      if (running?.child === child) void stop();
    });
  }

  return {
    place: () => place,
    start,
    stop,
    dispose() {
      running?.child.stdin?.end();
    },
  };
}
