import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findStatusLine } from '../../src/agents/status-lines/list.ts';
import { planDisconnection, disconnectAgent } from '../../src/connect/disconnect-agent.ts';
import { openJournal } from '../../src/connect/journal.ts';
import { connectStatusline, planStatusline } from '../../src/connect/statusline/plan-statusline.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import type { StatuslineSays } from '../../src/protocol/statusline-call.ts';
import { accountKeyOf } from '../../src/relay/salt.ts';
import { drawLine, type LineOptions } from '../../src/statusline/draw-line.ts';
import { keepAlone, machineKey } from '../../src/statusline/keep-alone.ts';
import { runStatusline } from '../../src/statusline/run-statusline.ts';

const NOW = 1_795_372_000_000;
const source = findStatusLine('claude-code')!;
const INPUT = {
  session_id: 'abc',
  model: { id: 'claude-opus-5', display_name: 'Opus 5' },
  context_window: { used_percentage: 34 },
  rate_limits: {
    five_hour: { used_percentage: 62.4, resets_at: NOW / 1000 + 4320 },
    seven_day: { used_percentage: 91, resets_at: NOW / 1000 + 259_200 },
  },
};
const PLAIN: LineOptions = { now: NOW, colour: false, width: 120, language: 'en', whole: true };
const SAYS: StatuslineSays = {
  windows: [
    {
      id: 'five-hour',
      windowMs: 18_000_000,
      usedFraction: 0.62,
      resetsAt: NOW + 4_320_000,
      pace: 1.42,
      exhaustsAt: NOW + 1_800_000,
    },
    { id: 'week', windowMs: 604_800_000, usedFraction: 0.31, resetsAt: NOW + 259_200_000, pace: 0.8 },
  ],
  flags: 1,
  mode: 'warn',
  incident: { title: { en: 'Too many at once', zh: '并发过多' }, code: '1302', at: NOW },
};

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'planward-line-'))));
afterEach(() => rmSync(home, { recursive: true }));

test('the agent’s own figures stand there where no relay tells more', () => {
  expect(drawLine(source.read(INPUT), undefined, PLAIN)).toBe(
    '5h ▰▰▰▱▱ 62% ↻1h12m · week ▰▰▰▰▰ 91% ↻3d · ctx 34% · Opus 5',
  );
});

test('the relay’s say pace, what runs out, the last error, flags and the mode', () => {
  expect(drawLine(source.read(INPUT), SAYS, { ...PLAIN, whole: false })).toBe(
    '5h ▰▰▰▱▱ 62% ↗1.4× runs out 30m · week ▰▰▱▱▱ 31% ↘0.8× ↻3d · ✗ 1302 Too many at once · ⚑ 1 flag · warn',
  );
  expect(drawLine(undefined, SAYS, { ...PLAIN, language: 'zh', whole: false })).toContain(
    '✗ 1302 并发过多 · ⚑ 1 条标记',
  );
});

test('what does not fit goes, the windows last; without colours there is no escape', () => {
  const narrow = drawLine(source.read(INPUT), SAYS, { ...PLAIN, width: 40 });
  expect(narrow).toBe('5h ▰▰▰▱▱ 62% ↗1.4× runs out 30m');
  expect(drawLine(source.read(INPUT), SAYS, PLAIN)).not.toContain('\u001B');
  expect(drawLine(source.read(INPUT), SAYS, { ...PLAIN, colour: true })).toContain('\u001B[31m');
});

test('the user’s own command is handed the same input and its lines come first', async () => {
  const run = {
    argv: ['claude-code', '--home', home, '--after', 'head -c 12; echo; echo "it is mine"'],
    input: JSON.stringify(INPUT),
    env: { NO_COLOR: '1' },
    userHome: home,
    now: () => NOW,
    keepAlone: () => Promise.resolve(),
  };
  const lines = (await runStatusline(run)).split('\n');
  expect(lines.slice(0, 2)).toEqual(['{"session_id', 'it is mine']);
  expect(lines[2]).toContain('62%');
  expect(await runStatusline({ ...run, input: 'no JSON', argv: ['claude-code', '--home', home] })).toBe('');
});

test('without a relay the figures are kept in the ledger, once for each change', () => {
  const salt = Buffer.alloc(32, 7);
  writeFileSync(join(home, 'salt'), salt, { mode: 0o600 });
  const { limits, sessionId } = source.read(INPUT)!;
  const asked = { agentId: 'claude-code', providerId: 'anthropic', sessionId, limits };
  expect([keepAlone(home, asked, NOW), keepAlone(home, asked, NOW + 1000)]).toEqual([true, false]);
  const opened = openLedger({ path: join(home, 'ledger.db') });
  if (!opened.ok) throw new Error(opened.message);
  const [account] = opened.ledger.latestLimits();
  opened.ledger.close();
  expect(account).toMatchObject({
    providerId: 'anthropic',
    accountKey: accountKeyOf(salt, 'anthropic', 'this machine'),
  });
  expect(account?.limits.map(({ policy, source: from, usedFraction }) => [policy, from, usedFraction])).toEqual([
    ['five_hour', 'statusline', 0.624],
    ['seven_day', 'statusline', 0.91],
  ]);
  expect(machineKey(salt, 'anthropic')).toBe(account?.accountKey);
  expect(keepAlone(join(home, 'nowhere'), asked, NOW)).toBe(false);
});

const FILES: readonly (readonly [name: string, text: string | undefined])[] = [
  ['none', undefined],
  ['an empty object', '{}'],
  ['comments and odd spacing', '{\n  // mine\n\t"env" : { "A":"b" },\n}\n'],
  [
    'a line of the user’s own',
    `{\n  "statusLine": {"type":"command",  "command": "bash -c 'echo it'", "padding": 0}\n}\n`,
  ],
  ['Windows line ends', '{\r\n  "statusLine": { "type": "command", "command": "mine.cmd \\"x y\\"" }\r\n}\r\n'],
];

test.each(FILES)('connecting and taking back leaves a file byte for byte as it was: %s', (_, text) => {
  const dist = join(home, 'dist');
  mkdirSync(dist);
  writeFileSync(join(dist, 'statusline.cjs'), '');
  const settings = join(home, '.claude', 'settings.json');
  if (text !== undefined) {
    mkdirSync(join(home, '.claude'));
    writeFileSync(settings, text);
  }
  const places = { env: {}, userHome: home, platform: 'linux' } as const;
  const plan = planStatusline(source, places, join(home, 'planward'));
  if (!plan.ok) throw new Error(plan.message);
  const deps = {
    home: join(home, 'planward'),
    source: { dist, runtime: process.execPath },
    now: NOW,
    newId: () => 'id1',
  };
  expect(connectStatusline(plan, deps)).toEqual({ ok: true });
  expect(readFileSync(settings, 'utf8')).toContain('planward-statusline');
  const again = planStatusline(source, places, join(home, 'planward'));
  expect(again).toMatchObject({ ok: true, change: undefined });
  const [connected] = openJournal(deps.home).open();
  const back = planDisconnection(connected!);
  expect(back.kind).toBe('exact');
  if (back.kind === 'blocked') throw new Error(back.message);
  expect(disconnectAgent(back, { home: deps.home, now: NOW }).ok).toBe(true);
  let after: string | undefined;
  try {
    after = readFileSync(settings, 'utf8');
  } catch {
    after = undefined;
  }
  expect(after).toBe(text);
});
