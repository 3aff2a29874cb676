import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../../support/loopback.ts';
import { startMockVendors } from '../../support/mock-vendors.ts';
import { startRelayProcess } from '../../support/relay-process.ts';
import { answerResponses, CLOSING, pointCodexAt, runCodex } from './codex-session.ts';
import { check, type Check } from './expectations.ts';

/** A line the watcher wrote down: when, which way, and the first line of a head. */
interface Line {
  readonly at: number;
  readonly text: string;
  readonly websocket: boolean;
}

/**
 * Real Codex through a relay to a vendor that answers Responses as server-sent events: one command, then a sentence. Judges
 * that a WebSocket is refused with 426 once, that plain HTTP follows at once and stays, and that the relay counts it all.
 */
export async function judgeCodexTransport(installedIn: string, timeoutMs: number): Promise<readonly Check[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'planward-codex-'));
  const ends: (() => unknown)[] = [() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })];
  try {
    const vendors = await startMockVendors({ openai: answerResponses });
    ends.push(() => vendors.close());
    const relay = await startRelayProcess({
      home: join(scratch, 'planward'),
      upstreams: { openai: vendors.url('openai') },
    });
    ends.push(() => relay.stop());
    const lines: Line[] = [];
    const watcher = watch(relay.port, lines);
    const port = await listen(watcher);
    ends.push(() => watcher.close());

    const home = join(scratch, 'home');
    pointCodexAt(home, `http://127.0.0.1:${port}/openai/v1`);
    const run = await runCodex(installedIn, home, timeoutMs);

    const posts = vendors.requests.filter(({ method }) => method === 'POST');
    const upgrades = lines.filter(({ websocket }) => websocket);
    const refusals = lines.filter(({ text }) => text.startsWith('HTTP/1.1 426'));
    const firstPost = lines.find(({ text }) => text.startsWith('POST '));
    const waitedMs = (firstPost?.at ?? Infinity) - (refusals[0]?.at ?? 0);
    let status = await relay.snapshot();
    for (let tries = 0; tries < 50 && status.exchanges < posts.length; tries++) {
      await sleep(100);
      status = await relay.snapshot();
    }
    const seen = JSON.stringify({ lines, output: run.output.slice(-1500) });
    return [
      check('it ends by itself with exit code 0', run.code === 0, `code ${run.code}: ${run.output.slice(-1500)}`),
      check('it says what the provider said last', run.output.includes(CLOSING), run.output.slice(-500)),
      check(
        'it tries a WebSocket once, and the relay answers 426',
        upgrades.length === 1 && refusals.length === 1,
        seen,
      ),
      check('plain HTTP follows within a second', waitedMs < 1000, `${waitedMs} ms; ${seen}`),
      check(
        'both turns go over HTTP, the second with what the command gave',
        posts.length === 2 && posts[1]!.body.includes('function_call_output'),
        `${posts.length} requests; ${seen}`,
      ),
      check(
        'the relay counts each turn and knows Codex',
        status.exchanges === 2 &&
          status.recent.every(({ agentId, usage }) => agentId === 'codex' && usage !== undefined),
        JSON.stringify(status.recent),
      ),
    ];
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

/** Passes bytes on and writes down the first line of every head that begins a connection. */
function watch(relayPort: number, lines: Line[]): Server {
  return createServer((client) => {
    const upstream = connect(relayPort, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.once('data', (bytes: Buffer) => {
        const head = bytes.toString('latin1');
        const websocket = from === client && /^upgrade: *websocket/im.test(head);
        lines.push({ at: Date.now(), text: head.split('\r\n', 1)[0] ?? '', websocket });
      });
      from.pipe(to);
      from.on('error', () => to.destroy());
    }
  });
}
