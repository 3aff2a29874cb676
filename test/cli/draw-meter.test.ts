import { expect, test } from 'vitest';
import { drawMeter } from '../../src/cli/draw-meter.ts';
import type { QuotaWindow } from '../../src/core/quota-window.ts';
import type { AccountView, Snapshot } from '../../src/core/snapshot.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

function draw(change: Partial<AccountView>): readonly string[] {
  const account: AccountView = {
    accountKey: 'key',
    providerId: 'zai',
    providerName: 'Z.AI',
    planId: 'glm-pro',
    planName: 'GLM Coding Plan Pro',
    shortName: 'GLM',
    windows: [],
    peak: undefined,
    poll: { state: 'off', reason: undefined, lastAt: undefined, nextAt: undefined },
    lastSeenAt: NOW,
    inFlight: 0,
    ...change,
  };
  const snapshot: Pick<Snapshot, 'accounts' | 'agents' | 'recent' | 'flags' | 'notices'> = {
    accounts: [account],
    agents: [],
    recent: [],
    flags: [],
    notices: [],
  };
  return drawMeter(snapshot as Snapshot, NOW);
}

test('an account goes by the name the user gave it', () => {
  expect(draw({ label: 'Work' })[0]).toBe('Work (GLM Coding Plan Pro)');
  expect(draw({})[0]).toBe('GLM Coding Plan Pro');
});

test('the month at API prices is told as far as it is known, and not at all where it is not', () => {
  const month = (usdMicros: number | undefined, complete: boolean) =>
    draw({ month: { startsAt: NOW, cost: { usdMicros, complete, unpriced: complete ? [] : ['x'] } } });
  expect(month(12_345_678, true)).toContain('  this month $12.35 at API prices');
  expect(month(12_345_678, false)).toContain('  this month at least $12.35 at API prices');
  expect(month(undefined, false).join('\n')).not.toContain('month');
  expect(draw({}).join('\n')).not.toContain('month');
});

test('a model that another one stood in for is named', () => {
  const rerouted = [{ requested: 'glm-5', served: 'glm-5.3', count: 7, lastAt: NOW }];
  expect(draw({ rerouted })).toContain('  in 24 h 7 × glm-5 was served by glm-5.3');
});

test('who the tightest window belongs to is told by agent, kind, folder and session, as far as traffic told it', () => {
  const window: QuotaWindow = {
    id: 'five-hour',
    unit: 'credits',
    kind: 'rolling',
    windowMs: 18_000_000,
    limit: 100,
    used: 50,
    usedFraction: 0.5,
    resetsAt: NOW + 60_000,
    model: undefined,
    level: 'ok',
    basis: 'provider',
    source: 'usage-api',
    seenAt: NOW,
    ledgerUsed: 50,
    disagreement: 0,
    attribution: {
      of: 'used',
      elsewhere: 0,
      byModel: [],
      byAgent: [{ id: 'cline', fraction: 1 }],
      byKind: [
        { id: 'main', fraction: 0.6 },
        { id: 'scheduled', fraction: 0.4 },
      ],
      byWorkspace: [{ id: 'unknown', fraction: 1 }],
      bySession: [
        { id: 'abcdefgh', fraction: 0.7 },
        { id: 'unknown', fraction: 0.3 },
      ],
    },
  };
  const lines = draw({ windows: [window] });
  expect(lines).toContain('  agents     cline 100%');
  expect(lines).toContain('  kinds      main turns 60% · scheduled jobs 40%');
  expect(lines).toContain('  sessions   session abcd 70% · unknown 30%');
  expect(lines.join('\n')).not.toContain('folders');
});
