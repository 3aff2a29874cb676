import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONTROL } from '../../src/protocol/control.ts';
import { filesOf, useProgram } from '../relay/program.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { ANSWERS, ask, CANARIES, found, shapes } from './canaries.ts';

const stage = useProgram(true);

function cli(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: stage.folder, PLANWARD_HOME: stage.home };
    execFile(process.execPath, [stage.cliFile, ...args], { env, timeout: 15_000 }, (_error, out, err) =>
      resolve(out + err),
    );
  });
}

describe('secrets of a request and its answer', () => {
  test('are in no file, export or page that Planward leaves, while it runs and after', async () => {
    const upstream = await startRawUpstream(ANSWERS);
    stage.onEnd(() => upstream.close());
    const relay = await stage.start({ upstreams: { zai: upstream.url } });
    await relay.control(CONTROL.settings, { method: 'PATCH', body: { modes: { zai: 'warn' } } });
    const answers = [await ask(relay.url), await ask(relay.url)];
    expect(answers[0]).toContain(CANARIES.answer); // The agent has it: the relay changed nothing.
    expect(answers[1]).toContain(CANARIES.key);
    await fetch(`${relay.url}/zai/${CANARIES.path}/x?key=${CANARIES.query}`, { headers: { connection: 'close' } }).then(
      (response) => response.text(),
    );
    await fetch(`${relay.url}/no-provider/${CANARIES.path}`, { headers: { connection: 'close' } }).then((response) =>
      response.text(),
    );
    await relay.until(({ exchanges, inFlight, ledger }) => exchanges >= 3 && inFlight === 0 && ledger.state === 'ok');
    const running = filesOf(stage.home);
    expect([...running.keys()]).toEqual(expect.arrayContaining(['endpoint.json', 'ledger.db', 'relay.log']));
    expect(found(running)).toEqual([]);

    const snapshot = Buffer.from(JSON.stringify(await relay.snapshot()));
    const exports = new Map([['snapshot', snapshot]]);
    for (const args of [
      ['status'],
      ['status', '--json'],
      ['report', '--format', 'md'],
      ['report', '--format', 'json'],
      ['report', '--format', 'csv'],
      ['report', '--appeal'],
      ['doctor', '--json'],
    ]) {
      const said = await cli(args);
      expect([args, said.length > 20]).toEqual([args, true]);
      exports.set(args.join(' '), Buffer.from(said));
    }
    expect(found(exports)).toEqual([]);
    expect(relay.out() + relay.err()).not.toContain('zQk7canary');

    await relay.stop();
    expect(found(filesOf(stage.folder))).toEqual([]);
  });

  test.each(Object.entries(CANARIES))(
    'the search finds the one of %s where it stands, in each of its shapes',
    (what, secret) => {
      mkdirSync(stage.home, { recursive: true });
      for (const [i, shape] of shapes(secret).entries()) {
        writeFileSync(
          join(stage.home, `seeded-${i}`),
          Buffer.concat([Buffer.from('before '), shape, Buffer.from(' after')]),
        );
        const name = `seeded-${i}`;
        expect(found(filesOf(stage.home))).toContain(`${name}: ${what}`);
      }
    },
  );
});
