import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parentPort, isMainThread, workerData } from 'node:worker_threads';
import { HEALTH_PATH, healthSchema, type Health } from '../protocol/endpoint.ts';
import { homeFolder, homePaths } from '../protocol/home.ts';
import { providers } from '../providers/list.ts';
import { readArguments, type RelayArguments } from './arguments.ts';
import type { LedgerThreadData } from './ledger-messages.ts';
import { runLedgerThread } from './ledger-thread.ts';
import { supportOlderNode } from './older-node.ts';
import { portOwner } from './port-owner.ts';
import { startRelay, type RelayStart } from './relay.ts';
import { openLog, type RelayLog } from './rotating-log.ts';

declare const PLANWARD_VERSION: string | undefined;
const VERSION = typeof PLANWARD_VERSION === 'undefined' ? '0.0.0' : PLANWARD_VERSION;
const IDLE_MS = Number(process.env['PLANWARD_IDLE_MS'] ?? 30 * 60_000);
/** How long a relay that just closed its listener may still hold the port. */
const HAND_OVER_MS = 1_500;

supportOlderNode();
if (isMainThread) void run(process.argv.slice(2));
else if ((workerData as LedgerThreadData | undefined)?.role === 'ledger') {
  runLedgerThread(workerData as LedgerThreadData, parentPort!);
}

async function run(argv: readonly string[]): Promise<void> {
  // Set for this process by VS Code so that it runs as plain Node; programs started from here must not inherit it.
  delete process.env['ELECTRON_RUN_AS_NODE'];
  const reading = readArguments(
    argv,
    providers.map(({ id }) => id),
  );
  if (!reading.ok) return leave(2, reading.message);
  const args = reading.value;
  const home = resolve(args.home ?? homeFolder(process.env, homedir()));
  const log = openLog({ path: homePaths(home).log, now: Date.now });
  process.on('uncaughtException', (error) => {
    log.logNow('error', `uncaught: ${error.stack ?? error.message}`);
    process.stderr.write(`planward relay: ended by a bug of its own: ${error.message}. relay.log says more.\n`);
    process.exit(70);
  });

  const start = await startOnceFree(args, home, log);
  if (!start.ok) return start.reason === 'in-use' ? stepBack(args.port) : leave(1, start.message);
  const { relay } = start;
  process.stdout.write(`listening on http://127.0.0.1:${relay.port}\n`);
  log.log('info', `planward ${VERSION} listening on ${relay.port}, pid ${process.pid}, node ${process.version}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => relay.drain(signal));
  process.on('SIGHUP', () => {}); // the terminal or window that started it may go
  await relay.ended;
  await log.flush();
  process.exit(0);
}

/** Starts; where the port is taken, waits a moment for a relay that is just letting go of it. */
async function startOnceFree(args: RelayArguments, home: string, log: RelayLog): Promise<RelayStart> {
  const giveUpAt = Date.now() + HAND_OVER_MS;
  for (;;) {
    const start = await startRelay({
      home,
      port: args.port,
      version: VERSION,
      upstreams: args.upstreams,
      workerFile: resolve(process.argv[1]!),
      idleMs: IDLE_MS,
      log,
    });
    if (start.ok || start.reason !== 'in-use' || Date.now() > giveUpAt) return start;
    if ((await askHealth(args.port)) !== undefined) return start;
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

/** Another program has the port: if it is a relay of ours, all is well; if not, its name is said. The port never hops. */
async function stepBack(port: number): Promise<void> {
  const health = await askHealth(port);
  if (health !== undefined) {
    process.stdout.write(
      `already running on http://127.0.0.1:${port} (planward ${health.version}, pid ${health.pid})\n`,
    );
    process.exit(0);
  }
  const owner = await portOwner(port);
  leave(
    1,
    `Port ${port} is taken by ${owner ?? 'another program'}, so the relay did not start. ` +
      'End that program, or set another port (planward.relay.port, or --port) and connect your agents anew.',
  );
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
