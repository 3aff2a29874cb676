import { expect, test } from 'vitest';
import { agents } from '../../../src/agents/list.ts';
import { findProvider } from '../../../src/providers/list.ts';
import { comeBack, patienceOf } from '../../../src/relay/admission/come-back.ts';
import { ownAnswerBytes } from '../../../src/relay/own-answer.ts';

const opening = { upstream: { provider: findProvider('zai')! } } as Parameters<typeof comeBack>[1];
const head = (...headers: [string, string][]) => ({ headers });

test('an agent that heeds Retry-After is told to come back in some seconds, and nothing was sent', () => {
  const answer = comeBack('cline', opening)!;
  const text = ownAnswerBytes(answer, undefined, { close: false, withBody: true }).toString();
  expect(text).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/);
  expect(text).toMatch(/\r\nRetry-After: 5\r\n/);
  expect(text).toContain('Nothing was sent.');
});

test('an agent that ignores it, or of which nothing is known, gets no such answer', () => {
  expect(comeBack('gemini-cli', opening)).toBeUndefined();
  expect(comeBack('unknown', opening)).toBeUndefined();
});

test('a request is held for the user’s longest wait, and no longer than half of what its client says or was seen to wait', () => {
  expect(patienceOf('unknown', head(), 60_000)).toBe(60_000);
  expect(patienceOf('claude-code', head(['X-Stainless-Timeout', '60']), 60_000)).toBe(30_000);
  expect(patienceOf('claude-code', head(['X-Stainless-Timeout', 'soon']), 600_000)).toBe(300_000);
});

test('what is said of an agent’s patience says where that was seen', () => {
  const said = agents.flatMap(({ patience }) => (patience === undefined ? [] : [patience]));
  expect(said.length).toBeGreaterThanOrEqual(6);
  for (const { source } of said) expect(source).toMatch(/seen at \d/);
});
