import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectAgent } from '../../src/connect/connect-agent.ts';
import { openJournal } from '../../src/connect/journal.ts';
import { applySplice, spliceBetween, undoSplices } from '../../src/connect/splice.ts';
import { CORPUS } from './corpus.ts';
import { agentWith, makeMachine } from './machine.ts';

const SETTINGS = '.claude/settings.json';
const BEFORE =
  '{\n  "env": {\n    "ANTHROPIC_AUTH_TOKEN": "sk-secret-1", // mine\n    "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic"\n  }\n}\n';
const AFTER = 'http://127.0.0.1:7526/@claude-code/zai/api/anthropic';

describe('connected and disconnected, a file is what it was, byte for byte', () => {
  const variants: readonly (readonly [string, (text: string) => Buffer])[] = [
    ['', (text) => Buffer.from(text)],
    [' with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
    [' with Windows line ends', (text) => Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'))],
  ];
  const cases = CORPUS.flatMap((file) =>
    variants.map(([how, bytes]) => [`${file.format}: ${file.what}${how}`, file, bytes(file.text)] as const),
  );
  test.each(cases)('%s', (_, { format, path }, bytes) => {
    const machine = makeMachine();
    const file = machine.put(`config.${format}`, bytes);
    chmodSync(file, 0o640);
    machine.connect(agentWith(file, format, path));
    const connected = readFileSync(file);
    expect(connected.includes('http://127.0.0.1:7526/@test-agent/zai/api')).toBe(true);
    expect(connected.subarray(0, 3).equals(Buffer.from('\uFEFF'))).toBe(
      bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')),
    );
    expect(machine.disconnect()).toBe('exact');
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(openJournal(machine.home).open()).toEqual([]);
  });

  test('a file that was not there is gone again, with the folders made for it', () => {
    const machine = makeMachine();
    machine.connect('claude-code');
    expect(statSync(join(machine.userHome, SETTINGS)).mode & 0o777).toBe(0o600);
    expect(machine.disconnect()).toBe('exact');
    expect(readdirSync(machine.userHome)).toEqual([]);
  });

  test('folders that somebody else used meanwhile stay', () => {
    const machine = makeMachine();
    machine.connect('claude-code');
    machine.put('.claude/history.jsonl', '');
    expect(machine.disconnect()).toBe('exact');
    expect(readdirSync(join(machine.userHome, '.claude'))).toEqual(['history.jsonl']);
  });

  test('links are kept and what they lead to is changed', () => {
    const machine = makeMachine();
    const target = machine.put('dotfiles/claude.json', BEFORE);
    mkdirSync(join(machine.userHome, '.claude'));
    const link = join(machine.userHome, SETTINGS);
    symlinkSync('../dotfiles/claude.json', link);
    machine.connect('claude-code');
    expect(readFileSync(target, 'utf8')).toContain(AFTER);
    expect(readlinkSync(link)).toBe('../dotfiles/claude.json');
    machine.disconnect();
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe(BEFORE);
  });

  test('a link that leads nowhere gets its file, and loses it again', () => {
    const machine = makeMachine();
    mkdirSync(join(machine.userHome, '.claude'));
    const target = join(machine.userHome, 'later/settings.json');
    symlinkSync(target, join(machine.userHome, SETTINGS));
    machine.connect('claude-code');
    expect(existsSync(target)).toBe(true);
    machine.disconnect();
    expect(existsSync(join(machine.userHome, 'later'))).toBe(false);
    expect(lstatSync(join(machine.userHome, SETTINGS)).isSymbolicLink()).toBe(true);
  });

  test('connected twice, to another port the second time, it comes all the way back', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    machine.connect('claude-code');
    machine.connect('claude-code', { relayOrigin: 'http://127.0.0.1:9999' });
    expect(readFileSync(file, 'utf8')).toContain('http://127.0.0.1:9999/@claude-code/zai/api/anthropic');
    expect(machine.disconnect()).toBe('exact');
    expect(machine.disconnect()).toBe('exact');
    expect(readFileSync(file, 'utf8')).toBe(BEFORE);
  });

  test('several addresses of one file come back together', () => {
    const machine = makeMachine();
    const text =
      '{"providers":{"zai-coding-plan":{"settings":{"apiKey":"k"}},"anthropic":{"settings":{"apiKey":"k","baseUrl":"https://api.anthropic.com/v1"}},"ollama":{"settings":{"baseUrl":"http://localhost:11434"}}}}';
    const file = machine.put('.cline/data/settings/providers.json', text);
    expect(machine.connect('cline').changes.map(({ label }) => label)).toEqual([
      'provider zai-coding-plan',
      'provider anthropic',
    ]);
    expect(readFileSync(file, 'utf8')).toContain('http://localhost:11434');
    expect(machine.disconnect()).toBe('exact');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('what is left alone', () => {
  test('a read-only file, with a sentence that says so', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    chmodSync(file, 0o444);
    expect(machine.plan('claude-code')).toMatchObject({ ok: false, reason: 'read-only' });
    expect(readFileSync(file, 'utf8')).toBe(BEFORE);
  });

  test('a file that somebody writes between plan and deed', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    const plan = machine.plan('claude-code');
    if (!plan.ok) throw new Error(plan.message);
    writeFileSync(file, '{"model":"opus"}');
    const done = connectAgent(plan, { home: machine.home, now: 1, newId: () => 'x' });
    expect(done).toMatchObject({ ok: false, reason: 'changed' });
    expect(readFileSync(file, 'utf8')).toBe('{"model":"opus"}');
    expect(readdirSync(join(machine.userHome, '.claude'))).toEqual(['settings.json']);
    expect(openJournal(machine.home).open()).toEqual([]);
  });

  test('a file that is no UTF-8', () => {
    const machine = makeMachine();
    machine.put(SETTINGS, Buffer.from([0xff, 0xfe, 0x7b, 0x00]));
    expect(machine.plan('claude-code')).toMatchObject({ ok: false, reason: 'unreadable' });
  });

  test('a file that cannot be understood', () => {
    const machine = makeMachine();
    machine.put(SETTINGS, '{"env": {');
    expect(machine.plan('claude-code')).toMatchObject({ ok: false, reason: 'not-understood' });
  });

  test('everything, where the journal cannot be written', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    writeFileSync(machine.home, 'no folder');
    const plan = machine.plan('claude-code');
    if (!plan.ok) throw new Error(plan.message);
    const done = connectAgent(plan, { home: machine.home, now: 1, newId: () => 'x' });
    expect(done).toMatchObject({ ok: false, reason: 'journal' });
    expect(readFileSync(file, 'utf8')).toBe(BEFORE);
  });
});

describe('a file that was changed since', () => {
  test('elsewhere gets its address back and keeps what was changed', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    machine.connect('claude-code');
    const grown = readFileSync(file, 'utf8').replace('{\n', '{\n  "model": "opus",\n');
    writeFileSync(file, grown);
    expect(machine.disconnect()).toBe('our-keys');
    expect(readFileSync(file, 'utf8')).toBe(BEFORE.replace('{\n', '{\n  "model": "opus",\n'));
  });

  test('keeps the spacing of an object on one line, though the address is taken out of it', () => {
    const machine = makeMachine();
    const text = '{\n  "env": { "A": "b" }, // mine\n}\n';
    const file = machine.put(SETTINGS, text);
    machine.connect('claude-code');
    writeFileSync(file, readFileSync(file, 'utf8').replace('{\n', '{\n  "$schema": "x",\n'));
    expect(machine.disconnect()).toBe('our-keys');
    expect(readFileSync(file, 'utf8')).toBe(text.replace('{\n', '{\n  "$schema": "x",\n'));
  });

  test('loses an address that was not there, and the object made for it', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, '{\n  "a": 1\n}\n');
    machine.connect('claude-code');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"a": 1', '"a": 2'));
    expect(machine.disconnect()).toBe('our-keys');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: 2 });
  });

  test('keeps the object where somebody put more into it', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, '{\n  "a": 1\n}\n');
    machine.connect('claude-code');
    const connected = JSON.parse(readFileSync(file, 'utf8')) as { env: Record<string, string> };
    connected.env['OTHER'] = 'x';
    writeFileSync(file, JSON.stringify(connected));
    expect(machine.disconnect()).toBe('our-keys');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: 1, env: { OTHER: 'x' } });
  });

  test('keeps an address that somebody else wrote over ours', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    machine.connect('claude-code');
    const theirs = '{"env":{"ANTHROPIC_BASE_URL":"https://gateway.example"}}';
    writeFileSync(file, theirs);
    expect(machine.disconnect()).toBe('gone');
    expect(readFileSync(file, 'utf8')).toBe(theirs);
  });

  test('is left alone with instructions where it is broken now', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    machine.connect('claude-code');
    writeFileSync(file, '{"env": {');
    expect(machine.disconnect()).toContain('blocked');
    expect(readFileSync(file, 'utf8')).toBe('{"env": {');
    expect(openJournal(machine.home).open()).toHaveLength(1);
  });

  test('and put back by hand, or removed, counts as disconnected', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, BEFORE);
    machine.connect('claude-code');
    writeFileSync(file, BEFORE);
    expect(machine.disconnect()).toBe('gone');
    machine.connect('claude-code');
    unlinkSync(file);
    expect(machine.disconnect()).toBe('gone');
    expect(existsSync(file)).toBe(false);
  });
});

describe('the journal', () => {
  test('remembers the address, absent included, and holds no key', () => {
    const machine = makeMachine();
    machine.put(SETTINGS, BEFORE);
    machine.connect('claude-code');
    const [open] = openJournal(machine.home).open();
    expect(open?.changes).toMatchObject([{ before: 'https://api.z.ai/api/anthropic', after: AFTER }]);
    const text = readFileSync(join(machine.home, 'journal.jsonl'), 'utf8');
    expect(text).not.toContain('sk-secret');
    expect(statSync(join(machine.home, 'journal.jsonl')).mode & 0o777).toBe(0o600);
    machine.disconnect();
    rmSync(join(machine.userHome, SETTINGS));
    machine.connect('claude-code');
    expect(openJournal(machine.home).open()[0]?.changes[0]?.before).toBeNull();
  });

  test('goes on behind a line that was cut, and counts it', () => {
    const machine = makeMachine();
    mkdirSync(machine.home);
    writeFileSync(join(machine.home, 'journal.jsonl'), '{"v":1,"act":"conn');
    machine.put(SETTINGS, BEFORE);
    machine.connect('claude-code');
    const journal = openJournal(machine.home);
    expect(journal.open()).toHaveLength(1);
    expect(journal.damaged()).toBe(1);
  });
});

test('splices between any two texts lead there and back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀') }), { minLength: 2 }), (texts) => {
      const splices = texts.slice(1).flatMap((text, i) => spliceBetween(texts[i]!, text) ?? []);
      expect(splices.reduce(applySplice, texts[0]!)).toBe(texts.at(-1));
      expect(undoSplices(texts.at(-1)!, splices)).toBe(texts[0]);
    }),
  );
});
