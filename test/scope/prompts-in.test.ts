import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryOf } from '../../src/scope/category.ts';
import { isFollowUp } from '../../src/scope/follow-up.ts';
import { promptsIn } from '../../src/scope/prompts-in.ts';
import { cpuMs } from '../support/cpu-time.ts';

describe('prompts in a file', () => {
  test('paragraphs and list items stand alone; front matter, headings, fences, tables and comments do not count', () => {
    const file = [
      '---',
      'name: morning duties here',
      '---',
      '# Morning duties of the agent',
      'Read the inbox and',
      'tell me what matters.',
      '',
      '- plan a trip to Rome',
      '  for two people',
      '1. [ ] fix the login test',
      '<!-- a comment of some length -->',
      '```',
      'book a table for four',
      '```',
      '| a table | with words in it |',
    ].join('\n');
    expect(promptsIn(file, 'HEARTBEAT.md').map(({ text, line, column }) => [text, line, column])).toEqual([
      ['Read the inbox and\ntell me what matters.', 4, 0],
      ['plan a trip to Rome\nfor two people', 7, 2],
      ['fix the login test', 9, 7],
    ]);
  });

  test('strings that agents take for prompts are found in JSON', () => {
    const file =
      '{"jobs":[{"cron":"0 8 * * *","message":"Read my mail\\nand text me"},{"name":"not a prompt at all"}]}';
    const [prompt, ...more] = promptsIn(file, 'jobs.json');
    expect(more).toEqual([]);
    expect(prompt?.text).toBe('Read my mail\nand text me');
    expect(file.slice(prompt!.start, prompt!.end)).toBe('Read my mail\\nand text me');
  });

  test('offsets, lines and columns point at the prompt, with either line ending', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('# head', '', '- plan a trip to Rome', 'fix the login test', '```', '  1. write a poem now'),
        ),
        fc.constantFrom('\n', '\r\n'),
        (lines, end) => {
          const file = lines.join(end);
          for (const { text, start, end: stop, line, column } of promptsIn(file)) {
            expect(file.slice(start, start + 5)).toBe(text.slice(0, 5));
            expect(stop).toBeLessThanOrEqual(file.length);
            const lead = file.slice(0, start).split('\n');
            expect([line, column]).toEqual([lead.length - 1, lead.at(-1)!.length]);
          }
        },
      ),
    );
  });

  test('a megabyte of anything is read in well under a second', () => {
    for (const text of [
      '-'.repeat(1_000_000),
      '"text":"'.repeat(125_000),
      '- a b c d e\n'.repeat(80_000),
      '\\'.repeat(1_000_000),
    ]) {
      const spent = cpuMs(() => {
        promptsIn(text, 'a.md');
        promptsIn(`"text":"${text}`, 'a.json');
      });
      expect(spent).toBeLessThan(1500);
    }
  });
});

describe('follow-ups', () => {
  test.each([
    'yes do it',
    'ok next',
    'why?',
    'nope, same error',
    '继续',
    '还是不行',
    '第二个',
    'now do the same for the other one',
  ])('"%s" is one', (text) => {
    expect(isFollowUp(text)).toBe(true);
  });

  test.each(['book a flight', 'fix the test', '订机票', '写诗', '修复bug', '', 'weather'])('"%s" is none', (text) => {
    expect(isFollowUp(text)).toBe(false);
  });
});

describe('what a turn is about', () => {
  test.each([
    ['book a flight to Rome and a hotel', 'travel'],
    ['read my unread emails', 'email'],
    ['remind me of the meeting tomorrow', 'calendar'],
    ['translate this into French', 'translation'],
    ['improve my resume for the interview', 'jobs'],
    ['播放周杰伦的歌', 'media'],
    ['我头痛发烧吃什么药', 'health'],
    ['把客厅的灯关了', 'home'],
    ['写一首关于春天的诗', 'writing'],
  ])('%s: %s', (text, category) => {
    expect(categoryOf(text)).toBe(category);
  });

  test('nothing where no word tells', () => {
    expect(categoryOf('hm')).toBeUndefined();
  });
});
