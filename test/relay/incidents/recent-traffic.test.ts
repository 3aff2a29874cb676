import { describe, expect, test } from 'vitest';
import { createRecentTraffic, type Passage } from '../../../src/relay/incidents/recent-traffic.ts';
import { cpuMs } from '../../support/cpu-time.ts';

const AT = 1_000_000_000;
let ids = 0;

function passage(fromS: number, untilS: number, over: Partial<Passage> = {}): Passage {
  return {
    id: String(++ids),
    providerId: 'zai',
    accountKey: 'k',
    agentId: 'claude-code',
    model: 'glm-5.3',
    startedAt: AT + fromS * 1000,
    endedAt: AT + untilS * 1000,
    refused: false,
    side: undefined,
    ...over,
  };
}

/** What is known around the last of these passages. */
function around(passages: readonly Passage[], open: readonly Passage[] = []) {
  const traffic = createRecentTraffic();
  for (const each of [...passages, ...open]) {
    traffic.opened(each.id, each.startedAt, each.providerId, each.accountKey);
  }
  for (const each of passages) traffic.closed(each);
  return traffic.around(passages.at(-1)!);
}

describe('what was going on around a refusal', () => {
  test('counts who was under way with the same key and model, open ones included, and what was accepted before', () => {
    const refusal = passage(20, 21, { refused: true });
    const context = around(
      [
        passage(-30, -20),
        passage(-28, -18),
        passage(10, 30),
        passage(10, 20.5, { model: 'other' }),
        passage(10, 20.5, { accountKey: 'l' }),
        refusal,
      ],
      [passage(15, 99), passage(15, 99, { accountKey: 'l' })],
    );
    expect(context).toMatchObject({ inFlight: 3, acceptedInFlight: 2, requestsPerMinute: 4 });
  });

  test('says how long it has been refused and what passed meanwhile', () => {
    const refused = { refused: true };
    const context = around([
      passage(0, 1, refused),
      passage(30, 31),
      passage(60, 61, refused),
      passage(90, 91, refused),
    ]);
    expect(context).toMatchObject({ refusedForMs: 90_000, passedMeanwhile: 1 });
  });

  test('tells whether a request that had the key to itself was refused', () => {
    expect(around([passage(0, 1, { refused: true })]).lone).toBe('refused');
    expect(around([passage(0, 1), passage(2, 9), passage(3, 4, { refused: true })]).lone).toBe('accepted');
    expect(around([passage(2, 9), passage(3, 4, { refused: true })]).lone).toBeUndefined();
    expect(around([passage(3, 4, { refused: true })], [passage(2, 99)]).lone).toBeUndefined();
  });

  test('looks at other models, accounts and providers for the weather', () => {
    const refused = { refused: true };
    const context = around([
      passage(0, 1, { ...refused, model: 'glm-4.7' }),
      passage(0, 1, { ...refused, accountKey: 'l' }),
      passage(0, 1, { ...refused, providerId: 'kimi' }),
      passage(-900, -800, { ...refused, model: 'old' }),
      passage(2, 3, refused),
    ]);
    expect(context.platform).toEqual({
      modelsAsked: 2,
      modelsRefused: 2,
      otherAccountsRefused: 1,
      otherProvidersFailing: 1,
    });
  });

  test('knows a client that is always refused beside one that passes', () => {
    const refused = { refused: true, agentId: 'openclaw' };
    const context = around([passage(0, 1, refused), passage(2, 3), passage(4, 5, refused), passage(6, 7, refused)]);
    expect(context).toMatchObject({ clientAlwaysRefused: true, otherClientsPass: true });
    expect(around([passage(0, 1, refused)]).clientAlwaysRefused).toBeUndefined();
  });

  test('stays bounded over a long day', () => {
    const traffic = createRecentTraffic();
    for (let i = 0; i < 50_000; i++) traffic.closed(passage(i, i + 1));
    let perMinute: number | undefined;
    const spent = cpuMs(() => {
      perMinute = traffic.around(passage(50_000, 50_001, { refused: true })).requestsPerMinute;
    });
    expect(perMinute).toBeLessThan(62);
    expect(spent).toBeLessThan(200);
  });
});
