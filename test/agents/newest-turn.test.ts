import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConversation } from '../../src/agents/conversation.ts';
import { newestTurn } from '../../src/agents/newest-turn.ts';
import { unwrapUserText } from '../../src/agents/unwrap-user-text.ts';
import { DIALECTS, write, type Exchange } from './requests.ts';
import { cpuMs } from '../support/cpu-time.ts';

const ASKED = 'Add a test for the parser.';
const REMINDER = '<system-reminder>\nThe user opened calc.js. Plan a trip.\n</system-reminder>';
const INTERNAL =
  '<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nActive exec sessions: none\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>';

/** What agents send for one and the same sentence of the user. */
const WRAPPINGS: readonly (readonly [string, readonly string[]])[] = [
  ['nothing', [ASKED]],
  ['reminders before the text, in parts of their own', [REMINDER, REMINDER, ASKED]],
  ['a reminder before the text, in one part', [`${REMINDER}\n\n${ASKED}`]],
  ['a reminder after the text', [`${ASKED}\n${REMINDER}`]],
  [
    'an environment block after the quoted text',
    [`"${ASKED}"`, '\n\n<environment_details>\nTime: now\n</environment_details>'],
  ],
  [
    'task tags and an environment block',
    [`<task>\n${ASKED}\n</task>\n<environment_details>\nx\n</environment_details>`],
  ],
  ['message tags', [`<user_message>\n${ASKED}\n</user_message>`]],
  ['input tags with a mode', [`<user_input mode="act">\n${ASKED}\n</user_input>`]],
  [
    'a day, an hour and a runtime line',
    [`[Sun 2026-11-22 07:32 UTC] ${ASKED}\n\nRuntime: agent=main | host=vm | shell=bash`],
  ],
  ['a channel envelope and a message id', [`[Telegram Dana id:7 +2m] ${ASKED}\n[message_id: 12]`]],
  ['channel metadata', [`Conversation info (untrusted metadata):\n\`\`\`json\n{"chat":"x"}\n\`\`\`\n\n${ASKED}`]],
  ['an environment context of its own', ['<environment_context>\n<cwd>/x</cwd>\n</environment_context>', ASKED]],
  [
    'instructions of the project',
    ['# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>\nBe brief.\n</INSTRUCTIONS>', ASKED],
  ],
  [
    'the set-up text of a session',
    ['This is the Gemini CLI. We are setting up the context for our chat.\nToday is …', ASKED],
  ],
  [
    'files that were referenced',
    [`${ASKED}\n--- Content from referenced files ---\nPlan a trip.\n--- End of content ---`],
  ],
  ['a file that was read beforehand', ['Called the Read tool with the following input: {"filePath":"/x"}', ASKED]],
  ['output of a command the user ran', ['<bash-stdout>Plan a trip.</bash-stdout><bash-stderr></bash-stderr>', ASKED]],
  ['a reminder that is cut off', ['<system-reminder>\nPlan a trip to Lisb', ASKED]],
];

describe.each(DIALECTS)('in the dialect %s', (dialect) => {
  const read = (told: Exchange) => newestTurn(readConversation(write(dialect, told), dialect));

  test.each(WRAPPINGS)('the user’s words are found behind %s', (_, user) => {
    expect(read({ user })).toMatchObject({ text: ASKED, brings: 'user-turn', previous: [] });
  });

  test('results of tools are not the user’s words, and the turn stays the newest one', () => {
    expect(read({ user: [ASKED], steps: 2 })).toMatchObject({ text: ASKED, brings: 'tool-result' });
  });

  test('an internal block after the results is passed over', () => {
    expect(read({ user: [ASKED], steps: 1, after: [INTERNAL] })).toMatchObject({ text: ASKED, brings: 'tool-result' });
    expect(read({ user: [ASKED], after: [INTERNAL] })).toMatchObject({ text: ASKED, brings: 'user-turn' });
  });

  test('earlier turns come newest first, three of them', () => {
    const earlier = [['one'], ['two'], ['three'], ['four']];
    expect(read({ earlier, user: [REMINDER, ASKED] }).previous).toEqual(['four', 'three', 'two']);
  });

  test('without a user message there is no turn', () => {
    expect(newestTurn(readConversation({}, dialect))).toMatchObject({ text: undefined, brings: 'nothing' });
  });

  test('a body of any shape is read without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        newestTurn(readConversation(body, dialect));
        newestTurn(
          readConversation({ messages: body, contents: body, input: body, system: body, tools: body }, dialect),
        );
      }),
    );
  });
});

test('a system message inside the messages is neither the user nor an end of his turn', () => {
  const body = {
    messages: [
      { role: 'user', content: [{ type: 'text', text: ASKED }] },
      { role: 'system', content: '# Environment\nPlan a trip.' },
    ],
  };
  expect(newestTurn(readConversation(body, 'anthropic-messages'))).toMatchObject({ text: ASKED, brings: 'user-turn' });
});

test('attachments are named, and a turn of nothing else is still a turn', () => {
  const body = {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'document', title: 'invoice.pdf', source: {} },
          { type: 'image', source: {} },
        ],
      },
    ],
  };
  const turn = newestTurn(readConversation(body, 'anthropic-messages'));
  expect(turn).toMatchObject({ text: undefined, files: ['invoice.pdf', ''], brings: 'user-turn' });
});

test('a turn of an attachment alone does not take its words from an earlier one', () => {
  const body = {
    messages: [
      { role: 'user', content: ASKED },
      { role: 'assistant', content: 'Done.' },
      { role: 'user', content: [{ type: 'image', source: {} }] },
    ],
  };
  const turn = newestTurn(readConversation(body, 'anthropic-messages'));
  expect(turn).toMatchObject({ text: undefined, previous: [ASKED], files: [''], brings: 'user-turn' });
});

test('reminders and pictures beside the results of tools belong to the results', () => {
  const result = { type: 'tool_result', tool_use_id: 't', content: 'ok' };
  const body = {
    messages: [
      { role: 'user', content: ASKED },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Read', input: {} }] },
      { role: 'user', content: [result, { type: 'image', source: {} }, { type: 'text', text: REMINDER }] },
    ],
  };
  expect(newestTurn(readConversation(body, 'anthropic-messages'))).toMatchObject({
    text: ASKED,
    brings: 'tool-result',
  });
});

test('words that a user sends along with results of tools are a turn', () => {
  const result = { type: 'tool_result', tool_use_id: 't', content: 'denied' };
  const body = {
    messages: [
      { role: 'user', content: 'Fix it.' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Read', input: {} }] },
      { role: 'user', content: [result, { type: 'text', text: ASKED }] },
    ],
  };
  const turn = newestTurn(readConversation(body, 'anthropic-messages'));
  expect(turn).toMatchObject({ text: ASKED, previous: ['Fix it.'], brings: 'user-turn' });
});

test('a bare text is the input of the Responses dialect', () => {
  expect(newestTurn(readConversation({ input: ASKED }, 'openai-responses')).text).toBe(ASKED);
});

describe('a user’s text', () => {
  test('that came while the agent worked is taken out of its reminder', () => {
    const text = `<system-reminder>\nThe user sent a new message while you were working:\n${ASKED}\n\nIMPORTANT: go on.\n</system-reminder>`;
    expect(unwrapUserText(text)).toBe(ASKED);
  });

  test('that is a slash command is its name and arguments', () => {
    const text =
      '<command-message>review is running</command-message>\n<command-name>/review</command-name>\n<command-args>src</command-args>';
    expect(unwrapUserText(text)).toBe('/review src');
  });

  test.each([
    ['speaks of a tag', 'What does <system-reminder> mean?'],
    ['holds a tag pair in its middle', 'Rename <task>a</task> to <job>b</job>'],
    ['begins and ends with different quotations', '"a" is not "b"'],
    ['begins with a bracket', '[WIP] fix the build'],
    ['speaks of a time', 'Print "Current time:" in the log'],
  ])('is left alone where it %s', (_, text) => {
    expect(unwrapUserText(text)).toBe(text);
  });

  test('in quotes loses them and the escapes inside', () => {
    expect(unwrapUserText('"say \\"hello\\" twice"')).toBe('say "hello" twice');
  });

  test('of two million characters of open tags is read in well under a second', () => {
    const spent = cpuMs(() => {
      unwrapUserText('<system-reminder>'.repeat(120_000));
      unwrapUserText('\n\nRuntime: agent='.repeat(120_000));
      unwrapUserText('\n'.repeat(2_000_000) + 'x');
      unwrapUserText('System: [a]\n'.repeat(120_000));
    });
    expect(spent).toBeLessThan(1500);
  });
});
