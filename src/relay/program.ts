import { fstatSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { HEALTH_PATH, healthSchema, type Health } from '../protocol/endpoint.ts';
import { homeFolder, homePaths } from '../protocol/home.ts';
import { providers } from '../providers/list.ts';
import { readArguments } from './arguments.ts';
import { readEndpoint } from './endpoint-file.ts';
import { openHome, usableHome } from './home-folder.ts';
import { portOwner } from './port-owner.ts';
import { startRelay, type Relay, type RelayOptions, type RelayStart } from './relay.ts';
import { openLog } from './rotating-log.ts';
import { readInheritance } from './successor.ts';

declare const PLANWARD_VERSION: string | undefined;
const VERSION = typeof PLANWARD_VERSION === 'undefined' ? '0.0.0' : PLANWARD_VERSION;
const IDLE_MS = Number(process.env['PLANWARD_IDLE_MS']) || 30 * 60_000;
/** How long a relay that just closed its listener may still hold the port. */
const HAND_OVER_MS = 1_500;
/** Exit code of a bug (EX_SOFTWARE of sysexits.h), and how long streams may go on after one. */
const BUG = 70;
const LAST_STREAMS_MS = 5 * 60_000;
/** How long a relay that just took the port may need to write its endpoint file. */
const INTRODUCTION_MS = 1_000;

/** Runs the relay as a program, from its arguments to its exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  // Set for this process by VS Code so that it runs as plain Node; programs started from here must not inherit it.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  const reading = readArguments(
    argv,
    providers.map(({ id }) => id),
  );
  if (!reading.ok) return leave(2, reading.message);
  const args = reading.value;
  const home = resolve(args.home ?? homeFolder(process.env, homedir()));
  const folder = openHome(home);
  const { log: logFile, endpoint } = homePaths(usableHome(home, folder));
  const log = openLog({ path: logFile, now: Date.now });
  // What a launcher sends into the log past its rotation must stay small, and the log says the same anyway.
  const intoLog = isSameFile(1, logFile);
  const tell = (stream: NodeJS.WriteStream, text: string): void => {
    if (!intoLog) stream.write(`${text}\n`);
  };
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); // nobody reads it any more
  let relay: Relay | undefined;
  let code = 0;
  process.on('uncaughtException', (error: unknown) => {
    const { stack, message } = error instanceof Error ? error : new Error(String(error));
    log.logNow('error', `uncaught: ${stack ?? message}`);
    process.stderr.write(`planward relay: ended by a bug of its own: ${message}. relay.log says more.\n`);
    if (relay === undefined || code !== 0) process.exit(BUG);
    // What is under way is most likely sound: agents' streams get to their end while a successor starts.
    code = BUG;
    relay.drain('a bug of its own');
    setTimeout(() => process.exit(BUG), LAST_STREAMS_MS).unref();
  });

  // Before it listens and says so: whoever waits for that may send a signal in the same moment.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => (relay === undefined ? process.exit(0) : relay.drain(signal)));
  }
  process.on('SIGHUP', () => {}); // the terminal or window that started it may go
  const inheritance = readInheritance(process);
  const start = await startOnceFree({
    home,
    folder,
    port: args.port,
    inherited: inheritance.descriptors,
    version: VERSION,
    upstreams: args.upstreams,
    settings: args.settings,
    workerFile: resolve(process.argv[1]!),
    idleMs: IDLE_MS,
    log,
    onNotice: ({ severity, text }) => {
      if (severity !== 'info') tell(process.stderr, `planward relay: ${text}`);
    },
  });
  if (!start.ok) return start.reason === 'in-use' ? stepBack(args.port, endpoint) : leave(1, start.message);
  relay = start.relay;
  inheritance.serving();
  tell(process.stdout, `listening on http://127.0.0.1:${relay.port}`);
  log.log('info', `planward ${VERSION} listening on ${relay.port}, pid ${process.pid}, node ${process.version}`);
  await relay.ended;
  await log.flush();
  process.exit(code);
}

/** Starts; where the port is taken, waits a moment for a relay that is just letting go of it. */
async function startOnceFree(options: RelayOptions): Promise<RelayStart> {
  const giveUpAt = Date.now() + HAND_OVER_MS;
  for (;;) {
    const start = await startRelay(options);
    if (start.ok || start.reason !== 'in-use' || Date.now() > giveUpAt) return start;
    if ((await askHealth(options.port)) !== undefined) return start;
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

/**
 * Another program has the port: if it is the relay of this home, all is well; if it is another one's (another user, another
 * home) or no relay, that is said by name. The port never hops.
 */
async function stepBack(port: number, endpointFile: string): Promise<void> {
  const health = await askHealth(port);
  if (health !== undefined) {
    const relay = `planward ${health.version}, pid ${health.pid}`;
    if (await isIntroduced(health.pid, endpointFile)) {
      process.stdout.write(`already running on http://127.0.0.1:${port} (${relay})\n`);
      process.exit(0);
    }
    return leave(
      1,
      `Port ${port} is taken by a relay of another user or another home folder (${relay}), so this one did not start. ` +
        'End that one, or set another port (planward.relay.port, or --port) and connect your agents anew.',
    );
  }
  const owner = await portOwner(port);
  leave(
    1,
    `Port ${port} is taken by ${owner ?? 'another program'}, so the relay did not start. ` +
      'End that program, or set another port (planward.relay.port, or --port) and connect your agents anew.',
  );
}

/** True where this home's endpoint file names that process. */
async function isIntroduced(pid: number, endpointFile: string): Promise<boolean> {
  for (const giveUpAt = Date.now() + INTRODUCTION_MS; ;) {
    const found = readEndpoint(endpointFile);
    if (found.ok && found.endpoint.pid === pid) return true;
    if (Date.now() > giveUpAt) return false;
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** True where an open descriptor leads to the file at `path`. Never throws. */
function isSameFile(descriptor: number, path: string): boolean {
  try {
    const [open, named] = [fstatSync(descriptor), statSync(path)];
    return open.ino === named.ino && open.dev === named.dev;
  } catch {
    return false;
  }
}

async function askHealth(port: number): Promise<Health | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${HEALTH_PATH}`, { signal: AbortSignal.timeout(2000) });
    const parsed = healthSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function leave(code: number, message: string): void {
  process.stderr.write(`planward relay: ${message}\n`);
  process.exit(code);
}
