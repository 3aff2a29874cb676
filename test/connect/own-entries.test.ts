import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agents } from '../../src/agents/list.ts';
import { findHook } from '../../src/agents/hooks/list.ts';
import { findStatusLine } from '../../src/agents/status-lines/list.ts';
import { hookProgram } from '../../src/connect/hooks/hook-program.ts';
import { installHooks } from '../../src/connect/hooks/install-hooks.ts';
import { planHooks } from '../../src/connect/hooks/plan-hooks.ts';
import { findOwnEntries } from '../../src/connect/own-entries.ts';
import { removeOwnEntries } from '../../src/connect/remove-own-entry.ts';
import { restoreAll } from '../../src/connect/restore-all.ts';
import { connectStatusline, planStatusline } from '../../src/connect/statusline/plan-statusline.ts';
import { makeMachine, type Machine } from './machine.ts';

const SETTINGS = '.claude/settings.json';
const HOOKED = ['claude-code', 'cline', 'kilo-code', 'opencode', 'openclaw', 'codex'];

function sourceOf(machine: Machine) {
  const dist = join(machine.userHome, '..', 'dist');
  mkdirSync(dist, { recursive: true });
  for (const name of ['hook.cjs', 'hook-alone.cjs', 'hook-packs.cjs', 'scope-model.bin', 'statusline.cjs']) {
    writeFileSync(join(dist, name), 'program');
  }
  return { dist, runtime: process.execPath };
}

let ids = 0;
function hook(machine: Machine, agentId: string, home = machine.home): void {
  const agentHook = findHook(agentId)!;
  const program = hookProgram(home, 'zai');
  const plan = planHooks(agentHook, machine.places, program);
  if (!plan.ok) throw new Error(plan.message);
  const deps = { home, source: sourceOf(machine), now: 1, newId: () => `id-${ids++}` };
  expect(installHooks(agentHook, program, plan, deps)).toEqual({ ok: true });
}

function statusLine(machine: Machine): void {
  const plan = planStatusline(findStatusLine('claude-code')!, machine.places, machine.home);
  if (!plan.ok) throw new Error(plan.message);
  const deps = { home: machine.home, source: sourceOf(machine), now: 1, newId: () => `id-${ids++}` };
  expect(connectStatusline(plan, deps)).toEqual({ ok: true });
}

const dead = ({ places }: Machine) => findOwnEntries(places).filter(({ missing }) => missing !== undefined);
const remove = (machine: Machine) =>
  removeOwnEntries({ home: machine.home, places: machine.places, now: 2 }, ({ missing }) => missing !== undefined);
const forget = ({ home }: Machine) => {
  rmSync(home, { recursive: true });
};

describe('hooks and plugins of ours', () => {
  test.each(HOOKED)('of %s are found and work while their program is there', (agentId) => {
    const machine = makeMachine();
    hook(machine, agentId);
    const found = findOwnEntries(machine.places);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((each) => [each.agentId, each.folder, each.missing])).toEqual(
      found.map(() => [agentId, join(machine.home, 'hooks'), undefined]),
    );
  });

  test.each(HOOKED)('of %s are dead when the home is gone, and come out without a journal', (agentId) => {
    const machine = makeMachine();
    hook(machine, agentId);
    const paths = new Set(dead(machine).map(({ file }) => file.path));
    expect(paths.size).toBe(0);
    forget(machine);
    expect(dead(machine).length).toBeGreaterThan(0);
    const done = remove(machine);
    expect(done.every(({ message }) => message === undefined)).toBe(true);
    expect(findOwnEntries(machine.places)).toEqual([]);
    for (const { path } of done) if (existsSync(path)) expect(readFileSync(path, 'utf8')).not.toContain('planward');
  });

  test('come out byte for byte where only the program went and the journal is there', () => {
    const before = '{\r\n  // mine\r\n  "hooks": { "Stop": [] },\r\n}\r\n';
    const machine = makeMachine();
    const file = machine.put(SETTINGS, before);
    hook(machine, 'claude-code');
    rmSync(join(machine.home, 'hooks', 'hook.cjs'));
    expect(dead(machine).map(({ missing }) => missing)).toEqual([join(machine.home, 'hooks', 'hook.cjs')]);
    remove(machine);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('leave the user’s own beside them where they are, in a list and in a group', () => {
    const machine = makeMachine();
    const ours = { type: 'command', command: "'/gone/hooks/planward-hook' claude-code 2>/dev/null || true" };
    const mine = { type: 'command', command: 'mine' };
    const file = machine.put(
      SETTINGS,
      JSON.stringify({ hooks: { UserPromptSubmit: [{ hooks: [mine, ours] }, { hooks: [ours] }, { hooks: [mine] }] } }),
    );
    remove(machine);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      hooks: { UserPromptSubmit: [{ hooks: [mine] }, { hooks: [mine] }] },
    });
  });

  test('a file of the same name that is somebody else’s is none of ours', () => {
    const machine = makeMachine();
    machine.put('.cline/hooks/UserPromptSubmit', '#!/bin/sh\necho mine\n');
    machine.put('.cline/plugins/planward.js', 'export default {};\n');
    expect(findOwnEntries(machine.places)).toEqual([]);
  });

  test('a read-only file is left alone and told', () => {
    const machine = makeMachine();
    const ours = { type: 'command', command: "'/gone/hooks/planward-hook' claude-code" };
    const file = machine.put(SETTINGS, JSON.stringify({ hooks: { UserPromptSubmit: [{ hooks: [ours] }] } }));
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    writeFileSync(file, text, { mode: 0o400 });
    expect(remove(machine)).toMatchObject([{ message: expect.stringContaining('read-only') as string }]);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('a status line of ours', () => {
  test('whose program is gone is taken out, and the user’s own command comes back', () => {
    const machine = makeMachine();
    const before = '{"statusLine":{"type":"command","command":"echo \'a b\'","padding":1}}';
    const file = machine.put(SETTINGS, before);
    statusLine(machine);
    expect(dead(machine)).toEqual([]);
    forget(machine);
    expect(dead(machine).map(({ theirs }) => theirs)).toEqual(["echo 'a b'"]);
    remove(machine);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('that stood alone goes whole', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, '{"model":"x"}');
    statusLine(machine);
    forget(machine);
    remove(machine);
    expect(readFileSync(file, 'utf8')).toBe('{"model":"x"}');
  });

  test('that was written by hand is dead where the command line is not on PATH', () => {
    const folder = '/usr/nowhere';
    const machine = makeMachine({ PATH: folder });
    machine.put(SETTINGS, '{"statusLine":{"type":"command","command":"planward statusline"}}');
    expect(dead(machine).map(({ missing }) => missing)).toEqual(['"planward" on PATH']);
    const bin = machine.put('bin/planward', '');
    const found = findOwnEntries({ ...machine.places, env: { PATH: `${folder}:${join(bin, '..')}` } });
    expect(found.map(({ missing }) => missing)).toEqual([undefined]);
  });
});

describe('restoring everything', () => {
  test('takes hooks and the status line out where the journal is lost, and leaves those of another home that works', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, '{"model":"x"}');
    hook(machine, 'claude-code');
    statusLine(machine);
    const other = join(machine.userHome, '..', 'other');
    hook(machine, 'codex', other);
    rmSync(join(machine.home, 'journal.jsonl'));
    const { files } = restoreAll({ home: machine.home, places: machine.places, agents, now: 3 });
    expect(files.map(({ agentId, trouble }) => [agentId, trouble])).toEqual([['claude-code', undefined]]);
    expect(readFileSync(file, 'utf8')).toBe('{"model":"x"}');
    expect(findOwnEntries(machine.places).map(({ agentId }) => agentId)).toEqual(['codex']);
  });
});
