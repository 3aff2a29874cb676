import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestFacts } from '../../src/core/request-facts.ts';
import { anthropic } from '../../src/policies/anthropic.ts';
import { zai } from '../../src/policies/zai.ts';
import type { JudgeOptions } from '../../src/scope/judge.ts';
import { openJudge } from '../../src/scope/open-judge.ts';
import { recallTaught, teach } from '../../src/scope/taught.ts';
import { cpuMs } from '../support/cpu-time.ts';

const judge = openJudge();
const OPTIONS: JudgeOptions = { now: Date.UTC(2026, 8, 7), providerId: 'zai' };
const CODING_TOOLS = ['Read', 'Edit', 'Bash', 'Grep'];
const LIFE_TOOLS = ['gmail_search', 'calendar_list', 'browser_navigate'];
const TRIP = 'Plan a four-day trip to Lisbon for my parents and find a quiet hotel with breakfast near the river';
const FIX = 'fix the IMAP parser, it throws when a subject is folded over two lines';

const verdict = (facts: RequestFacts, options: Partial<JudgeOptions> = {}) =>
  judge(facts, zai, { ...OPTIONS, ...options });

describe('a turn alone', () => {
  test('a trip is out of scope, named as travel, with the words that say so', () => {
    const said = verdict({ text: TRIP });
    expect(said).toMatchObject({ decision: 'out-of-scope', category: 'travel', ruleId: 'task-scope', reason: 'sum' });
    expect(said.findings).toEqual([{ ruleId: 'task-scope', severity: 'warning', because: 'the task is not coding' }]);
    const words = said.evidence.filter(({ start }) => start !== undefined);
    expect(words.length).toBeGreaterThan(0);
    for (const { feature, start, end } of words) expect(TRIP.slice(start, end)).toBe(feature);
  });

  test('code about mail is in scope and has no category', () => {
    expect(verdict({ text: FIX })).toMatchObject({ decision: 'in-scope', category: undefined, findings: [] });
  });

  test('a side request, a blank text and an empty one are not judged', () => {
    for (const facts of [{ text: TRIP, turn: 'side' } as const, { text: '' }, { text: ' \n\t' }]) {
      expect(verdict(facts)).toMatchObject({ decision: 'unsure', reason: 'not-judged', evidence: [] });
    }
  });

  test('a language the model cannot read is never out of scope by its words', () => {
    const said = verdict({
      text: 'Erstelle bitte einen Wecker für drei Uhr nachmittags und erinnere mich an die Blumen',
    });
    expect(said.decision).not.toBe('out-of-scope');
  });

  test('terms without a rule on tasks flag no task', () => {
    const said = judge({ text: TRIP }, anthropic, { ...OPTIONS, providerId: 'anthropic' });
    expect(said).toMatchObject({ decision: 'in-scope', reason: 'no-task-rule', ruleId: undefined, findings: [] });
    expect(said.pOffScope).toBeGreaterThan(0.9);
  });
});

describe('a few words', () => {
  test.each(['a secret plan', 'my friend', 'ramen recipe', 'hotel', '天气', '我的朋友', '秘密计划'])(
    '"%s" is no proof: never nearly certain, and no flag by itself',
    (text) => {
      const said = verdict({ text });
      expect(said.pOffScope).toBeLessThan(0.93);
      expect(said.decision).not.toBe('out-of-scope');
    },
  );

  test('with a task in them may be flagged', () => {
    expect(verdict({ text: 'plan my trip to Lisbon in June' }).decision).toBe('out-of-scope');
    expect(verdict({ text: '帮我写一首关于秋天的诗' }).decision).toBe('out-of-scope');
  });
});

describe('follow-ups', () => {
  test.each(['yes do it', 'continue', '继续', 'try again', '再来一个', 'option 2'])(
    '"%s" alone is never flagged',
    (text) => {
      for (const sensitivity of ['low', 'normal', 'high'] as const) {
        expect(verdict({ text }, { sensitivity }).decision).not.toBe('out-of-scope');
        expect(verdict({ text, tools: LIFE_TOOLS, clientKind: 'general' }, { sensitivity }).decision).not.toBe(
          'out-of-scope',
        );
      }
    },
  );

  test('take the side of what was said before', () => {
    expect(verdict({ text: 'yes do it', previous: [TRIP], tools: LIFE_TOOLS }).decision).toBe('out-of-scope');
    expect(verdict({ text: 'yes do it', previous: [FIX], tools: CODING_TOOLS }).decision).toBe('in-scope');
    expect(
      verdict({ text: '继续', previous: ['给我讲个睡前故事，主角是一只小猫'], clientKind: 'general' }).decision,
    ).toBe('out-of-scope');
  });
});

describe('context', () => {
  test('a trip asked of a coding client is flagged where the words are plain', () => {
    const said = verdict({ text: TRIP, tools: CODING_TOOLS, client: 'claude-code', clientKind: 'coding' });
    expect(said.decision).toBe('out-of-scope');
    expect(said.evidence.map(({ feature }) => feature)).toEqual(
      expect.arrayContaining(['coding tools', 'coding client']),
    );
  });

  test('doubtful words in a coding client are not', () => {
    const said = verdict({ text: 'what do you think of my idea', tools: CODING_TOOLS, clientKind: 'coding' });
    expect(said.decision).not.toBe('out-of-scope');
  });

  test('code in a general agent is not flagged by its tools and client', () => {
    expect(verdict({ text: FIX, tools: LIFE_TOOLS, client: 'openclaw', clientKind: 'general' }).decision).not.toBe(
      'out-of-scope',
    );
  });

  test('a scheduled turn is judged as what it does', () => {
    const agent = { tools: LIFE_TOOLS, client: 'openclaw', clientKind: 'general', turn: 'scheduled' } as const;
    expect(verdict({ ...agent, text: 'Read my unread mail and text me what matters today' }).decision).toBe(
      'out-of-scope',
    );
    expect(verdict({ ...agent, text: 'run the test suite and open an issue for each failing test' }).decision).not.toBe(
      'out-of-scope',
    );
  });

  test.each([
    ['code fence', { text: 'what is wrong here\n```\nlet a = 1\n```' }],
    ['stack trace or diff', { text: 'what is wrong here\nTraceback (most recent call last)' }],
    ['stack trace or diff', { text: 'java.lang.IllegalStateException: no\n\tat a.b.C.d(C.java:1)' }],
    ['source file named', { text: 'what is wrong here in app.py' }],
    ['source file attached', { text: 'what is wrong here', files: ['src/app.py'] }],
  ])('a %s speaks for coding', (feature, facts) => {
    expect(verdict(facts).evidence.find((term) => term.feature === feature)?.weight).toBeLessThan(0);
  });
});

describe('what the user says', () => {
  test('a prompt called coding is in scope from then on, and so is its like, but no other', () => {
    const taught = recallTaught([teach('1', TRIP, 'salt')], 'salt');
    expect(verdict({ text: TRIP }, { taught })).toMatchObject({ decision: 'in-scope', reason: 'taught' });
    expect(verdict({ text: `${TRIP}!` }, { taught }).decision).toBe('in-scope');
    expect(verdict({ text: 'Write a bedtime story about a small cat and a big dog' }, { taught }).decision).toBe(
      'out-of-scope',
    );
    expect(verdict({ text: TRIP }, { taught: recallTaught([], 'salt') }).decision).toBe('out-of-scope');
  });

  test('what is kept of it does not hold its words, and another salt does not know it', () => {
    const kept = teach('1', TRIP, 'salt');
    expect(JSON.stringify(kept)).not.toMatch(/lisbon|hotel|parents/i);
    expect(recallTaught([kept], 'other').likeness(TRIP)).toBe(0);
  });

  test('sensitivity and prior move the line', () => {
    const order = { 'in-scope': 0, unsure: 1, 'out-of-scope': 2 } as const;
    for (const text of ['suggest a name', 'any news about databases', TRIP, FIX]) {
      const [low, normal, high] = (['low', 'normal', 'high'] as const).map(
        (sensitivity) => order[verdict({ text }, { sensitivity }).decision],
      );
      expect(low!).toBeLessThanOrEqual(normal!);
      expect(normal!).toBeLessThanOrEqual(high!);
      expect(verdict({ text }, { prior: -1 }).pOffScope).toBeLessThan(verdict({ text }, { prior: 1 }).pOffScope);
    }
  });
});

describe('laws', () => {
  const facts = fc.record(
    {
      text: fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom(TRIP, FIX, '继续', '帮我订机票')),
      previous: fc.array(fc.constantFrom(TRIP, FIX, 'ok'), { maxLength: 5 }),
      tools: fc.array(fc.constantFrom(...CODING_TOOLS, ...LIFE_TOOLS, ''), { maxLength: 8 }),
      clientKind: fc.constantFrom('coding', 'general', 'unknown'),
      system: fc.constantFrom('You are my companion', 'You write code', ''),
    },
    { requiredKeys: ['text'] },
  );

  test('the evidence adds up to the score', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const said = verdict(each);
        const sum = said.evidence.reduce((total, { weight }) => total + weight, 0);
        expect(sum).toBeCloseTo(said.score, 6);
      }),
      { numRuns: 300 },
    );
  });

  test('the same facts give the same verdict, whatever was judged before', () => {
    fc.assert(
      fc.property(facts, facts, (one, between) => {
        const first = verdict(one);
        verdict(between);
        expect(verdict(one)).toEqual(first);
      }),
      { numRuns: 150 },
    );
  });

  test('an out-of-scope verdict that may be acted on has words or earlier turns that lean that way; others all but do', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const said = verdict(each);
        if (said.decision !== 'out-of-scope') return;
        const leaning = said.evidence.filter(
          ({ where, feature }) => where === 'previous' || (where === 'text' && !/code|source|stack/.test(feature)),
        );
        const sum = leaning.reduce((total, { weight }) => total + weight, 0);
        if (said.reason === 'sum') expect(sum).toBeGreaterThan(0);
        else expect([said.reason, sum > -0.5, sum <= 0]).toEqual(['context-only', true, true]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('hostile input', () => {
  test.each([
    ['one long word', 'a'.repeat(1_000_000)],
    ['dots', 'a.'.repeat(500_000)],
    ['braces', '{'.repeat(1_000_000)],
    ['spaces', ' '.repeat(1_000_000) + 'a'],
    ['lines', '\n'.repeat(1_000_000) + 'at x ('],
    ['Han', '测'.repeat(1_000_000)],
    ['lone surrogates', '\ud800'.repeat(100_000)],
    ['errors', 'Error'.repeat(200_000)],
  ])('%s of a megabyte take no longer than a short text by much', (_, text) => {
    const spent = cpuMs(() => {
      for (let i = 0; i < 20; i++) verdict({ text, previous: [text, text, text], system: text, tools: [text] });
    });
    expect(spent / 20).toBeLessThan(25);
  });
});
