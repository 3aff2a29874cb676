import { expect, test } from 'vitest';
import type { WrittenPrompt } from '../../../src/core/seen-turn.ts';
import { createFileTurns } from '../../../src/relay/scope/file-turns.ts';
import type { JudgedRequest } from '../../../src/relay/scope/scope-watch.ts';

const NOW = 1_795_372_000_000;
const OWNER = { providerId: 'zai', accountKey: 'mine' };

function watch(hooked: readonly string[] = []) {
  const judged: JudgedRequest[] = [];
  const turns = createFileTurns({
    scope: {
      judge: (request) => void judged.push(request),
      flag: () => {},
    },
    newId: (at) => String(at),
    hooked: () => hooked.map((agentId) => ({ agentId })),
  });
  return { turns, judged };
}

function prompt(text: string, change: Partial<WrittenPrompt> = {}): WrittenPrompt {
  return { at: NOW, sessionId: 's', text, scheduled: false, ...change };
}

test('a prompt is judged once its answer tells whose plan it was, with those before it', () => {
  const { turns, judged } = watch();
  turns.asked('claude-code', prompt('Add a test.'));
  expect(judged).toEqual([]);
  turns.answered('claude-code', 'another', OWNER, false);
  expect(judged).toEqual([]);
  turns.answered('claude-code', 's', OWNER, false);
  turns.answered('claude-code', 's', OWNER, false);
  turns.asked('claude-code', prompt('Book me a flight.', { scheduled: true }));
  turns.answered('claude-code', 's', OWNER, false);
  expect(
    judged.map(({ providerId, accountKey, agentId, turn }) => [
      providerId,
      accountKey,
      agentId,
      turn.text,
      turn.previous,
      turn.kind,
    ]),
  ).toEqual([
    ['zai', 'mine', 'claude-code', 'Add a test.', [], 'user-turn'],
    ['zai', 'mine', 'claude-code', 'Book me a flight.', ['Add a test.'], 'cron'],
  ]);
});

test('what the relay carries or a hook hands over is judged there; lines of a copied session say nothing new', () => {
  const carried = watch();
  carried.turns.asked('claude-code', prompt('Add a test.'));
  carried.turns.answered('claude-code', 's', OWNER, true);
  const hooked = watch(['claude-code']);
  hooked.turns.asked('claude-code', prompt('Add a test.'));
  hooked.turns.answered('claude-code', 's', OWNER, false);
  expect([carried.judged, hooked.judged]).toEqual([[], []]);
  const { turns, judged } = watch();
  for (let i = 0; i < 3; i++) {
    turns.asked('claude-code', prompt('Add a test.'));
    turns.answered('claude-code', 's', OWNER, false);
  }
  expect(judged).toHaveLength(1);
});
