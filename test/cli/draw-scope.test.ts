import { expect, test } from 'vitest';
import { drawScope } from '../../src/cli/draw-scope.ts';
import { flag } from '../extension/flags.ts';
import { NOW, snapshot } from '../extension/snapshots.ts';

test('held turns count down, modes beyond observe and the newest flags are told with what became of them', () => {
  const hold = {
    id: 'h',
    since: NOW,
    untilAt: NOW + 38_000,
    byDefault: 'send' as const,
    agentId: 'cline',
    providerId: 'zai',
    packId: 'zai',
    packVersion: '2026-09-07',
    ruleId: 'task-scope',
    severity: 'warning' as const,
    category: 'travel' as const,
    pOffScope: 0.97,
    evidence: [],
  };
  const flags = [
    flag({ acted: 'warned' }),
    flag({ acted: 'stopped', heldBy: 'time' }),
    flag({ category: undefined, because: 'the tool is not named' }),
    flag(),
    flag(),
  ];
  expect(drawScope(snapshot({ holds: [hold], modes: { zai: 'hold', kimi: 'observe' }, flags }), NOW)).toEqual([
    '  HELD: Cline to zai, travel; sent in 38 s if nobody answers in VS Code',
    '  mode: zai hold',
    '  flag: OpenClaw to zai, travel 97%; let through, told as it came, 2 m ago',
    '  flag: OpenClaw to zai, travel 97%; stopped when the time was over, 2 m ago',
    '  flag: OpenClaw to zai, the tool is not named; let through, 2 m ago',
    '  and 2 more open flags (planward report)',
  ]);
});

test('where nothing is held, set or flagged nothing is said', () => {
  expect(drawScope(snapshot({ modes: { zai: 'observe' } }), NOW)).toEqual([]);
});
