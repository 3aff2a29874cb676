import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { listen } from '../support/loopback.ts';
import { eventually, useProgram, type Program } from './program.ts';
import { chat } from './traffic.ts';

const stage = useProgram();
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

function isOlderNode(file: string): boolean {
  if (!existsSync(file)) return false;
  return execFileSync(file, ['--version'], { encoding: 'utf8' }).startsWith('v20.');
}

async function relays(relay: Program): Promise<void> {
  expect(await (await chat(relay.url)).text()).toContain('end_turn');
}

/** One plain sentence or a few: what happened and what to do, no stack, no `undefined`. */
function expectPlain(text: string): void {
  expect(text).toMatch(/^[A-Z][^\n]{20,500}[.]$/);
  expect(text).not.toMatch(/undefined|\[object|\bat .*:\d+:\d+|Error:/);
}

const codes = ({ notices }: Snapshot): readonly string[] => notices.map(({ code }) => code);

describe('a port that is taken', () => {
  test('by the relay of the same home: the second one says where it runs and leaves in peace', async () => {
    const first = await stage.start();
    const before = first.endpoint();
    const second = stage.launch({ port: first.port });
    expect(await second.exited).toBe(0);
    expect(second.out()).toBe(`already running on ${first.url} (planward 1.2.3, pid ${first.child.pid})\n`);
    expect(second.err()).toBe('');
    expect(first.endpoint()).toEqual(before);
    expect((await first.snapshot()).notices).toEqual([]);
  });

  test('by the relay of another home: it is named, since its windows are not ours', async () => {
    const first = await stage.start({ home: `${stage.folder}/other` });
    const second = stage.launch({ port: first.port });
    expect(await second.exited).toBe(1);
    expect(second.err()).toContain(`another home folder (planward 1.2.3, pid ${first.child.pid})`);
    expectPlain(second.err().replace('planward relay: ', '').trim());
  });

  test('by another program: it is named, and the port does not hop', async () => {
    const server = createServer((_, response) => void response.end('not a relay'));
    stage.onEnd(() => server.close());
    const port = await listen(server);
    const relay = stage.launch({ port });
    expect(await relay.exited).toBe(1);
    expect(relay.out()).toBe('');
    const words = relay.err().replace('planward relay: ', '').trim();
    expectPlain(words);
    expect(words).toContain(`Port ${port} is taken by `);
    if (process.platform === 'linux') expect(words).toContain(`(pid ${process.pid})`);
    expect(existsSync(`${stage.home}/endpoint.json`)).toBe(false);
  });

  test('two relays that start at once become one', async () => {
    const probe = createServer();
    const port = await listen(probe);
    await new Promise((resolve) => probe.close(resolve));
    const both = [stage.launch({ port }), stage.launch({ port })];
    const code = await Promise.race(both.map(({ exited }) => exited));
    expect(code).toBe(0);
    const running = both.filter(({ child }) => child.exitCode === null);
    expect(running).toHaveLength(1);
    expect(running[0]!.endpoint().pid).toBe(running[0]!.child.pid);
  });
});

describe('a home that cannot be used', () => {
  async function expectHomeless(relay: Program): Promise<void> {
    await relays(relay);
    expect(relay.err().trim().split('\n')).toHaveLength(1);
    const words = relay.err().replace('planward relay: ', '').trim();
    expectPlain(words);
    expect(words).toContain('cannot use its folder');
  }

  test('because a file is in its place: agents are relayed, and that is said once', async () => {
    const mock = await stage.mock();
    writeFileSync(stage.home, 'not a folder');
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    await expectHomeless(relay);
    expect(await relay.stop()).toBe(0);
    expect(readFileSync(stage.home, 'utf8')).toBe('not a folder');
  });

  test.skipIf(!isRoot)('because it may not be written: agents are relayed, and that is said once', async () => {
    const mock = await stage.mock();
    chmodSync(stage.folder, 0o755);
    mkdirSync(stage.home, { mode: 0o500 });
    chownSync(stage.home, NOBODY, NOBODY);
    chmodSync(stage.relayFile.replace(/\/[^/]*$/, ''), 0o755);
    const relay = await stage.start({ upstreams: { zai: mock.url }, uid: NOBODY });
    await expectHomeless(relay);
    await pause(1500); // the ledger is tried again meanwhile
    expect(relay.err().trim().split('\n')).toHaveLength(1);
    expect(await relay.stop()).toBe(0);
    expect(readdirSync(stage.home)).toEqual([]);
  });

  test.skipIf(!isRoot)('because it belongs to another user: nothing is put into it', async () => {
    const mock = await stage.mock();
    chmodSync(stage.folder, 0o755);
    mkdirSync(stage.home);
    chmodSync(stage.home, 0o777);
    chmodSync(stage.relayFile.replace(/\/[^/]*$/, ''), 0o755);
    const relay = await stage.start({ upstreams: { zai: mock.url }, uid: NOBODY });
    await expectHomeless(relay);
    expect(relay.err()).toContain('belongs to another user');
    await relay.stop();
    expect(readdirSync(stage.home)).toEqual([]);
  });

  test('a setting that cannot be kept holds for now, and that is said', async () => {
    const relay = await stage.start();
    mkdirSync(`${stage.home}/settings.json`);
    const { status } = await relay.control('/_planward/v1/settings', {
      method: 'PATCH',
      body: { routedAgents: ['cline'] },
    });
    expect(status).toBe(200);
    const { notices } = await relay.snapshot();
    expect(notices).toMatchObject([{ code: 'settings-not-kept' }]);
    expectPlain(notices[0]!.text);
  });
});

describe('files that are not as they should be', () => {
  /** Starts on a home that holds `files`; gives the notices once the ledger was looked at. */
  async function startOn(
    files: Readonly<Record<string, string>>,
    code: string,
  ): Promise<{ relay: Program; notice: Snapshot['notices'][number] }> {
    mkdirSync(stage.home, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(`${stage.home}/${name}`, content);
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    await relays(relay);
    const snapshot = await relay.until((seen) => codes(seen).includes(code) && seen.exchanges === 1);
    expect(codes(snapshot)).toEqual([code]);
    expectPlain(snapshot.notices[0]!.text);
    return { relay, notice: snapshot.notices[0]! };
  }

  test('a broken endpoint file is written anew', async () => {
    const { relay } = await startOn({ 'endpoint.json': '{"pid": 1, "po' }, 'endpoint-renewed');
    expect(relay.endpoint().pid).toBe(relay.child.pid);
    expect(relay.err()).toBe('');
  });

  test('broken settings are kept aside, the defaults hold, and starting again does not pile up copies', async () => {
    const broken = '{"retentionDays": 3,';
    const { relay } = await startOn({ 'settings.json': broken }, 'settings-corrupt');
    expect(readFileSync(`${stage.home}/settings.json`, 'utf8')).toBe(broken);
    const aside = () => readdirSync(stage.home).filter((name) => name.startsWith('settings.json.corrupt-'));
    expect(aside().map((name) => readFileSync(`${stage.home}/${name}`, 'utf8'))).toEqual([broken]);
    await relay.stop();
    await pause(1100); // the stamp in the name counts seconds
    const second = await stage.start();
    await second.until((seen) => codes(seen).includes('settings-corrupt'));
    expect(aside()).toHaveLength(1);
  });

  test('a setting that says nothing valid costs only itself', async () => {
    const settings = JSON.stringify({ retentionDays: 'long', routedAgents: ['cline'], newer: 1 });
    const { relay } = await startOn({ 'settings.json': settings }, 'settings-invalid');
    const { json } = await relay.control('/_planward/v1/settings');
    expect(json).toMatchObject({ retentionDays: 400, routedAgents: ['cline'] });
  });

  test('a ledger that is no database is set aside and a new one begun', async () => {
    const noise = 'no database at all. '.repeat(500);
    const { relay } = await startOn({ 'ledger.db': noise }, 'ledger-set-aside');
    await relay.stop();
    const aside = readdirSync(stage.home).filter((name) => /^ledger\.db\.corrupt-[^-]*$/.test(name));
    expect(aside.map((name) => readFileSync(`${stage.home}/${name}`, 'utf8'))).toEqual([noise]);
    const db = new DatabaseSync(`${stage.home}/ledger.db`, { readOnly: true });
    expect(db.prepare('SELECT COUNT(*) AS n FROM exchange').get()).toEqual({ n: 1 });
    db.close();
  });

  test('a ledger of a newer version is left as it is', async () => {
    mkdirSync(stage.home);
    const db = new DatabaseSync(`${stage.home}/ledger.db`);
    db.exec('CREATE TABLE future (x); PRAGMA user_version = 9999');
    db.close();
    const before = readFileSync(`${stage.home}/ledger.db`);
    const { relay, notice } = await startOn({}, 'ledger-newer');
    expect(notice.text).toContain('update Planward');
    expect((await relay.snapshot()).ledger.state).toBe('off');
    await relay.stop();
    expect(readFileSync(`${stage.home}/ledger.db`).equals(before)).toBe(true);
  });
});

describe('a Node without SQLite', () => {
  async function expectNoLedger(command: readonly string[]): Promise<void> {
    const mock = await stage.mock({ delivery: { encoding: 'gzip' } });
    const relay = await stage.start({ upstreams: { zai: mock.url }, command });
    await relays(relay);
    const snapshot = await relay.until((seen) => seen.exchanges === 1 && seen.accounts[0]?.poll.state === 'ok');
    expect(codes(snapshot)).toEqual(['ledger-no-sqlite']);
    expectPlain(snapshot.notices[0]!.text);
    expect(snapshot.recent[0]!.usage).toMatchObject({ exactness: 'reported' });
    expect(existsSync(`${stage.home}/ledger.db`)).toBe(false);
    expect(await relay.stop()).toBe(0);
  }

  test('relays and shows what it sees, without a record', () =>
    expectNoLedger([process.execPath, '--no-experimental-sqlite']));

  test.skipIf(!isOlderNode('/usr/bin/node'))('Node 20 does too', () => expectNoLedger(['/usr/bin/node']));
});

describe('flags', () => {
  const bad: readonly (readonly [args: readonly string[], word: string])[] = [
    [['--port', 'x'], '--port x'],
    [['--port', '70000'], '70000'],
    [['--port='], '--port'],
    [['--port'], '--port'],
    [['--home='], '--home'],
    [['--nothing'], '--nothing'],
    [['extra'], 'extra'],
    [['--upstream', 'zai'], 'zai'],
    [['--upstream', 'zai=ftp://x'], 'ftp://x'],
    [['--upstream', 'nobody=http://127.0.0.1:1'], 'nobody'],
  ];
  test.each(bad)('%j are refused in one plain sentence and a hint', async (args, word) => {
    const relay = stage.launch({ args });
    expect(await relay.exited).toBe(2);
    expect(relay.out()).toBe('');
    expect(relay.err()).toContain(word);
    expect(relay.err()).toMatch(/^planward relay: [^\n]{10,300}\n$/);
    expect(existsSync(stage.home)).toBe(false);
  });
});

test('a reader of its output that goes away does not end the relay', async () => {
  const relay = stage.launch();
  relay.child.stdout!.destroy();
  relay.child.stderr!.destroy();
  const { port } = await eventually(() => relay.endpoint());
  await pause(300);
  expect((await fetch(`http://127.0.0.1:${port}/_planward/health`)).status).toBe(200);
  expect(relay.child.exitCode).toBe(null);
});

test.skipIf(process.platform === 'win32')(
  'more connections than the system allows cost answers, not the relay',
  async () => {
    const mock = await stage.mock();
    const relay = await stage.start({
      upstreams: { zai: mock.url },
      command: ['/bin/sh', '-c', 'ulimit -n 60; exec "$0" "$@"', process.execPath],
    });
    const answers = await Promise.allSettled(Array.from({ length: 150 }, () => chat(relay.url)));
    const served = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 200);
    expect(served.length).toBeLessThan(answers.length);
    await eventually(() => relays(relay), 10_000);
    expect(relay.child.exitCode).toBe(null);
  },
);
