import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agentHooks, findHook } from '../../src/agents/hooks/list.ts';
import { disconnectAgent, planDisconnection } from '../../src/connect/disconnect-agent.ts';
import { hookProgram } from '../../src/connect/hooks/hook-program.ts';
import { installHooks } from '../../src/connect/hooks/install-hooks.ts';
import { planHooks } from '../../src/connect/hooks/plan-hooks.ts';
import { openJournal } from '../../src/connect/journal.ts';
import { CORPUS } from './corpus.ts';
import { makeMachine, type Machine } from './machine.ts';

const SETTINGS = '.claude/settings.json';

function install(machine: Machine, agentId: string, providerId = 'zai') {
  const dist = join(machine.userHome, '..', 'dist');
  mkdirSync(dist, { recursive: true });
  for (const name of ['hook.cjs', 'hook-alone.cjs', 'hook-packs.cjs', 'scope-model.bin'])
    writeFileSync(join(dist, name), 'program');
  const hook = findHook(agentId)!;
  const program = hookProgram(machine.home, providerId);
  const plan = planHooks(hook, machine.places, program);
  if (!plan.ok) return plan;
  let ids = 0;
  const source = { dist, runtime: process.execPath };
  const newId = () => `${agentId}-${Date.now()}-${ids++}`;
  return { ...installHooks(hook, program, plan, { home: machine.home, source, now: 1, newId }), files: plan.files };
}

/** Takes back all that is open, newest first. */
function takeBack({ home }: Machine): readonly string[] {
  return openJournal(home)
    .open()
    .map((connected) => {
      const plan = planDisconnection(connected);
      if (plan.kind === 'blocked') return `blocked: ${plan.message}`;
      const done = disconnectAgent(plan, { home, now: 2 });
      return done.ok ? done.how : done.message;
    });
}

const JSON_FILES = CORPUS.filter(({ format }) => format === 'json' || format === 'jsonc');
const JSON5_FILES = CORPUS.filter(({ format }) => format !== 'yaml' && format !== 'toml');
const VARIANTS: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['', (text) => Buffer.from(text)],
  [' with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  [' with Windows line ends', (text) => Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'))],
];
const cases = (files: typeof CORPUS) =>
  files.flatMap((file) => VARIANTS.map(([how, bytes]) => [`${file.what}${how}`, bytes(file.text)] as const));

describe('a hook put in and taken away leaves the file byte for byte as it was', () => {
  test.each(cases(JSON_FILES))('in a list of a JSON file: %s', (_, bytes) => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, bytes);
    chmodSync(file, 0o640);
    expect(install(machine, 'claude-code')).toMatchObject({ ok: true });
    expect(readFileSync(file, 'utf8')).toContain('planward-hook');
    expect(takeBack(machine)).toEqual(['exact']);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test.each(cases(JSON5_FILES))('as an entry and a value of a JSON5 file: %s', (_, bytes) => {
    const machine = makeMachine();
    const file = machine.put('.openclaw/openclaw.json', bytes);
    expect(install(machine, 'openclaw')).toMatchObject({ ok: true });
    expect(readFileSync(file, 'utf8')).toContain('allowConversationAccess');
    expect(takeBack(machine)).toEqual(['exact']);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test.each(agentHooks.map(({ agentId }) => agentId))('and made files and folders gone: %s', (agentId) => {
    const machine = makeMachine();
    expect(install(machine, agentId)).toMatchObject({ ok: true });
    expect(readdirSync(machine.userHome)).not.toEqual([]);
    expect(new Set(takeBack(machine))).toEqual(new Set(['exact']));
    expect(readdirSync(machine.userHome)).toEqual([]);
  });

  test('also where the agent is pointed at the relay in the same file, whichever came first', () => {
    const before = '{\n  "env": {\n    "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic" // mine\n  }\n}\n';
    for (const first of ['hook', 'relay']) {
      const machine = makeMachine();
      const file = machine.put(SETTINGS, before);
      if (first === 'hook') install(machine, 'claude-code');
      machine.connect('claude-code');
      if (first === 'relay') install(machine, 'claude-code');
      expect(takeBack(machine)).toEqual(['exact', 'exact']);
      expect(readFileSync(file, 'utf8')).toBe(before);
    }
  });
});

describe('a file that somebody changed since', () => {
  const theirs = { hooks: [{ type: 'command', command: 'mine.sh' }] };

  test('loses our entry alone: other hooks of the same list stay', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, '{\n  "hooks": {}\n}\n');
    install(machine, 'claude-code');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { hooks: { UserPromptSubmit: unknown[] } };
    settings.hooks.UserPromptSubmit.unshift(theirs);
    writeFileSync(file, JSON.stringify(settings, undefined, 4));
    expect(takeBack(machine)).toEqual(['our-keys']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ hooks: { UserPromptSubmit: [theirs] } });
  });

  test('where our entry is gone already is left alone', () => {
    const machine = makeMachine();
    const file = machine.put(SETTINGS, '{}');
    install(machine, 'claude-code');
    const text = JSON.stringify({ hooks: { UserPromptSubmit: [theirs] } });
    writeFileSync(file, text);
    expect(takeBack(machine)).toEqual(['gone']);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('and is all ours is not removed: whose words stand in it cannot be told', () => {
    const machine = makeMachine();
    install(machine, 'cline');
    const file = join(machine.userHome, '.cline/plugins/planward.js');
    writeFileSync(file, `${readFileSync(file, 'utf8')}// mine\n`);
    expect(takeBack(machine).filter((how) => how.startsWith('blocked'))).toHaveLength(1);
    expect(existsSync(file)).toBe(true);
  });
});

describe('what is in the way stops the plan before anything is written', () => {
  test('a hook file of the user’s own', () => {
    const machine = makeMachine();
    const file = machine.put('.cline/hooks/UserPromptSubmit', '#!/bin/sh\nmine\n');
    expect(install(machine, 'cline')).toMatchObject({ ok: false, message: expect.stringContaining(file) as string });
    expect(readFileSync(file, 'utf8')).toBe('#!/bin/sh\nmine\n');
    expect(existsSync(join(machine.userHome, '.cline/plugins'))).toBe(false);
  });

  test('a settings file that cannot be understood', () => {
    const machine = makeMachine();
    machine.put(SETTINGS, '{ "hooks": ');
    expect(install(machine, 'claude-code')).toMatchObject({ ok: false });
  });

  test('something else where the list should be', () => {
    const machine = makeMachine();
    machine.put(SETTINGS, '{ "hooks": { "UserPromptSubmit": "x" } }');
    expect(install(machine, 'claude-code')).toMatchObject({
      ok: false,
      message: expect.stringContaining('holds something else') as string,
    });
  });
});

describe('what is written into the home', () => {
  test('is executable where a shell runs it and readable to nobody else', () => {
    const machine = makeMachine();
    install(machine, 'openclaw');
    const { launcher, folder } = hookProgram(machine.home, undefined);
    expect(statSync(launcher).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'openclaw-plugin/index.js')).mode & 0o077).toBe(0);
    expect(statSync(dirname(launcher)).mode & 0o077).toBe(0);
  });

  test('a second time nothing changes in the agent’s files', () => {
    const machine = makeMachine();
    install(machine, 'kilo-code');
    expect(install(machine, 'kilo-code')).toMatchObject({ ok: true, files: [] });
    expect(openJournal(machine.home).open()).toHaveLength(1);
  });

  test('a path with quotes and blanks in it is one word for a shell', () => {
    expect(hookProgram("/home/o'neil smith/.planward", 'zai').shellLine('claude-code')).toBe(
      "'/home/o'\\''neil smith/.planward/hooks/planward-hook' claude-code --provider zai 2>/dev/null || true",
    );
  });
});
