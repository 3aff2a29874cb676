import { expect, test } from 'vitest';
import type { Flag } from '../../../src/core/flag.ts';
import type { PolicyPack } from '../../../src/core/policy-pack.ts';
import type { Transcript, TranscriptTurn } from '../../../src/core/transcript.ts';
import {
  codeOfFlag,
  presentFlagActions,
  presentFlagHover,
  sayFlag,
} from '../../../src/extension/present/transcript-flag.ts';
import { presentTranscript } from '../../../src/extension/present/transcript-page.ts';
import { presentTranscriptPicks } from '../../../src/extension/present/transcript-picks.ts';
import { packs } from '../../../src/policies/list.ts';
import { flag } from '../flags.ts';
import { MINUTE, NOW, snapshot } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

const TEXT = 'Thanks for that.\nNow plan a trip to Lisbon. Then rest.';
const START = TEXT.indexOf('plan a trip');

function turn(over: Partial<TranscriptTurn> = {}): TranscriptTurn {
  return {
    id: 'x1',
    startedAt: NOW,
    kind: 'user-turn',
    modelRequested: 'glm-4.7',
    modelServed: 'glm-4.7',
    outcome: 'completed',
    status: 200,
    durationMs: 3240,
    usage: undefined,
    errorCode: undefined,
    characters: 212,
    verdict: {
      decision: 'out-of-scope',
      pOffScope: 0.97,
      reason: 'sum',
      category: 'travel',
      packId: 'zai',
      packVersion: '2026-09-07',
      ruleId: 'task-scope',
      evidence: [{ feature: 'plan a trip', weight: 2.1, where: 'text', start: START, end: START + 11 }],
    },
    flagIds: ['01FLAG'],
    ...over,
  };
}

function transcript(...turns: readonly TranscriptTurn[]): Transcript {
  const view = {
    id: 'claude-code.zai.s1',
    agentId: 'claude-code',
    providerId: 'zai',
    firstAt: NOW,
    lastAt: NOW,
    turns: turns.length,
    flags: 1,
    revision: 1,
  };
  return { view, turns };
}

const SEEN = snapshot({ flags: [flag()] });
const linesOf = (text: string) => text.split('\n');

test('a turn says time, kind, length and how it reads, and below model, outcome and span; what was asked is not there', () => {
  const { text, flags } = presentTranscript(english, SEEN, transcript(turn()));
  expect(linesOf(text).slice(0, 5)).toEqual([
    'Claude Code → Z.AI, session since 22 Nov 2026, 12:37',
    'What was asked is not kept: planward.scope.storeExcerpts is off.',
    '',
    '12:37:00  user turn, 212 characters, travel planning 97% · let through',
    '          glm-4.7 · 200 · 3.2 s',
  ]);
  const [mark] = flags;
  expect(linesOf(text)[mark!.line]!.slice(mark!.from, mark!.to)).toBe('travel planning 97%');
});

test('in Chinese the mark is on the same words', () => {
  const { text, flags } = presentTranscript(chinese, SEEN, transcript(turn()));
  const [mark] = flags;
  expect(linesOf(text)[mark!.line]).not.toContain(', ');
  expect(linesOf(text)[mark!.line]!.slice(mark!.from, mark!.to)).toBe('旅行规划 97%');
});

test('where excerpts are allowed the sentence that carries the flag is marked, whatever line it is on', () => {
  const { text, flags } = presentTranscript(english, SEEN, transcript(turn({ text: TEXT })));
  expect(linesOf(text).slice(4, 6)).toEqual([
    '          │ Thanks for that.',
    '          │ Now plan a trip to Lisbon. Then rest.',
  ]);
  const [mark] = flags;
  expect(linesOf(text)[mark!.line]!.slice(mark!.from, mark!.to)).toBe('Now plan a trip to Lisbon.');
});

test('coding, unsure and what is not judged stand there without a mark', () => {
  const { text, flags } = presentTranscript(
    english,
    SEEN,
    transcript(
      turn({ flagIds: [], verdict: { ...turn().verdict!, decision: 'in-scope', category: undefined } }),
      turn({ flagIds: [], verdict: { ...turn().verdict!, decision: 'unsure' } }),
      turn({ flagIds: [], kind: 'title', characters: undefined, verdict: undefined, outcome: 'refused', status: 402 }),
    ),
  );
  expect(text).toContain('user turn, 212 characters, coding\n');
  expect(text).toContain('user turn, 212 characters, unsure\n');
  expect(text).toContain('12:37:00  title\n          glm-4.7 · stopped by Planward');
  expect(flags).toEqual([]);
});

test('a flag is known by the line with which its turn begins', () => {
  const { text, flags, turnLines } = presentTranscript(
    english,
    SEEN,
    transcript(turn({ text: TEXT }), turn({ flagIds: [] })),
  );
  expect(turnLines.map((line) => linesOf(text)[line]!.slice(0, 19))).toEqual([
    '12:37:00  user turn',
    '12:37:00  user turn',
  ]);
  expect(flags.map(({ turnLine }) => turnLine)).toEqual([turnLines[0]]);
});

test('a flag about what was asked can be called coding, one about the tool cannot; a pack of the user’s own is no exception', () => {
  const commandsOf = (given: Flag, userPacks?: readonly PolicyPack[]) =>
    presentFlagActions(english, given, userPacks).map(({ command }) => command);
  expect(commandsOf(flag())).toEqual([
    'planward.markAsCoding',
    'planward.dismissFlag',
    'planward.explainRule',
    'planward.copyFlag',
  ]);
  const tool = flag({ ruleId: 'tool-scope' });
  expect(commandsOf(tool)).not.toContain('planward.markAsCoding');
  expect([codeOfFlag(flag()), codeOfFlag(tool)]).toEqual(['task-scope/travel', 'tool-scope']);
  const own = { ...packs[0]!, id: 'our-office' };
  const inOwn = flag({ packId: 'our-office', ruleId: own.rules.find(({ match }) => match.by === 'task')!.id });
  expect(commandsOf(inOwn)).not.toContain('planward.markAsCoding');
  expect(commandsOf(inOwn, [own])).toContain('planward.markAsCoding');
  expect(sayFlag(english, inOwn, [own])).toContain(own.name);
});

test('a flag about the tool is marked on the turn, not on a sentence', () => {
  const tool = flag({ ruleId: 'tool-scope', because: 'the tool is not named' });
  const { flags } = presentTranscript(english, snapshot({ flags: [tool] }), transcript(turn({ text: TEXT })));
  expect(flags).toMatchObject([{ line: 3, from: 10 }]);
});

test('a held turn stands at the end with the clock', () => {
  const hold = {
    id: 'h',
    since: NOW,
    untilAt: NOW + MINUTE,
    byDefault: 'send' as const,
    agentId: 'claude-code',
    providerId: 'zai',
    packId: 'zai',
    packVersion: '2026-09-07',
    ruleId: 'task-scope',
    severity: 'warning' as const,
    category: 'travel' as const,
    pOffScope: 0.97,
    evidence: [],
  };
  const { text } = presentTranscript(english, snapshot({ holds: [hold] }), transcript());
  expect(text).toContain('12:37:00  held: travel planning 97%, until 12:38:00');
});

test.each([english, chinese])(
  'a flag’s hover gives evidence, the vendor’s words and ways on, and never runs what the prompt says',
  (voice) => {
    const hostile = flag({ evidence: [{ feature: '[x](command:evil)', weight: 1, where: 'text' }] });
    const hover = presentFlagHover(voice, hostile);
    expect(hover).toContain('command:planward.markAsCoding?');
    expect(hover).toContain('command:planward.explainRule?');
    expect(hover).not.toContain('](command:evil)');
    expect(sayFlag(voice, flag()).split('\n')).toHaveLength(2);
  },
);

test('sessions can be told apart in the list by agent, provider, folder, length and age', () => {
  const { view } = transcript(turn());
  const [row] = presentTranscriptPicks(
    english,
    snapshot({
      transcripts: [{ ...view, workspaceKey: 'w1' }],
      workspaces: [{ workspaceKey: 'w1', name: 'shop', lastAt: NOW }],
    }),
    NOW + 5 * MINUTE,
  );
  expect(row).toMatchObject({
    label: 'Claude Code',
    description: 'Z.AI · shop',
    detail: '1 request · 5 min ago · 1 open flag',
  });
});
