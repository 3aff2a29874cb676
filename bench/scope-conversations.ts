import { readTurn } from '../src/agents/turn-kind.ts';
import type { PolicyPack } from '../src/core/policy-pack.ts';
import { createRequestCopy } from '../src/relay/request-copy.ts';
import type { Judge } from '../src/scope/judge.ts';

const NEWEST =
  'the booking endpoint returns 500 when the list is empty, add a guard in src/routes/booking.ts and write a regression test that covers two users saving the same slot at once, then run the linter. ';
const EARLIER = 'Now look at the second failing test and tell me why the fixture differs from what the server sends.';
const FILE = 'export const rows = [{ "role": "user", "id": 1 }]; // quoted \\"text\\" and more of it\n';
const TOOLS = ['Read', 'Edit', 'Bash', 'Grep'].map((name) => ({ name, description: FILE.repeat(4), input_schema: {} }));

/** A coding session as an agent resends it, of about `bytes` bytes: a user's turn, three steps with results of 2 KB, and so on. */
export function conversation(bytes: number): Buffer {
  const messages: unknown[] = [{ role: 'user', content: [{ type: 'text', text: EARLIER }] }];
  const rest = {
    model: 'glm-5.3',
    stream: true,
    system: [{ type: 'text', text: 'You are a coding agent.' }],
    tools: TOOLS,
  };
  let size = JSON.stringify(rest).length + 600;
  for (let i = 0; size < bytes; i++) {
    const turn = [
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: `t${i}`, name: 'Read', input: { file_path: `src/a${i}.ts` } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${i}`, content: FILE.repeat(24) }] },
      ...(i % 3 === 2
        ? [
            { role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
            { role: 'user', content: [{ type: 'text', text: `${EARLIER} (${i})` }] },
          ]
        : []),
    ];
    messages.push(...turn);
    size += JSON.stringify(turn).length;
  }
  messages.push({ role: 'assistant', content: [{ type: 'text', text: 'Done.' }] });
  messages.push({ role: 'user', content: [{ type: 'text', text: NEWEST }] });
  return Buffer.from(JSON.stringify({ ...rest, messages }));
}

/** What one request costs from its copied bytes to the verdict, in the relay's own way. */
export function judgeBody(body: Buffer, judge: Judge, pack: PolicyPack): void {
  const copy = createRequestCopy(body.length);
  for (let at = 0; at < body.length; at += 65_536) copy.push(body.subarray(at, at + 65_536));
  const turn = readTurn({ headers: [], body: copy.facts().body, dialect: 'anthropic-messages' });
  if (turn.text !== NEWEST.trim()) throw new Error(`the newest turn was read as ${turn.text}`);
  judge(
    { text: turn.text, previous: turn.previous, tools: turn.tools, system: turn.system, clientKind: 'coding' },
    pack,
    { now: Date.UTC(2026, 8, 7), providerId: 'zai' },
  );
  copy.drop();
}
