import { describe, expect, test } from 'vitest';
import type { ErrorClass } from '../../../src/core/error-code.ts';
import { createPacer, type Pacer } from '../../../src/relay/pacer/pacer.ts';

function pacerAt(options: { kind?: ErrorClass; absorbs?: boolean } = {}) {
  let now = 0;
  let timers: { at: number; work: () => void }[] = [];
  const pacer: Pacer = createPacer({
    now: () => now,
    random: () => 0,
    after(ms, work) {
      const timer = { at: now + ms, work };
      timers.push(timer);
      return () => void (timers = timers.filter((each) => each !== timer));
    },
    classOf: () => options.kind ?? 'account-rate',
    absorbs: () => options.absorbs ?? true,
    rules: { startSlots: 1, maxSlots: 4, growAfter: 8 },
    onChange: () => {},
  });
  return {
    pacer,
    async pass(ms: number): Promise<void> {
      now += ms;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers = timers.filter((each) => each !== timer);
        timer.work();
      }
      for (let i = 0; i < 5; i++) await Promise.resolve();
    },
    timers: () => timers.length,
  };
}

const REQUEST = {
  providerId: 'zai',
  accountKey: 'k',
  model: 'glm-5.3',
  agentId: 'claude-code',
  side: false,
  patienceMs: 60_000,
};
const REFUSAL = { status: 429, headers: [], payload: Buffer.from('{}') };

describe('the pacer', () => {
  test('keeps a lane for each key and model', async () => {
    const { pacer, pass } = pacerAt();
    const granted: string[] = [];
    for (const [name, over] of [
      ['one', {}],
      ['other model', { model: 'glm-5.3-flash' }],
      ['other key', { accountKey: 'l' }],
      ['waits', {}],
    ] as const) {
      void pacer.enter({ ...REQUEST, ...over }).granted.then((go) => go && granted.push(name));
    }
    await pass(0);
    expect(granted).toEqual(['one', 'other model', 'other key']);
    expect(pacer.lanes().map(({ inFlight, waiting }) => [inFlight, waiting])).toEqual([
      [1, 1],
      [1, 0],
      [1, 0],
    ]);
  });

  test('waits out a rate refusal and lets the request go again after a rest', async () => {
    const { pacer, pass } = pacerAt();
    const pace = pacer.enter(REQUEST);
    const again = pace.patience.again(REFUSAL);
    let went: boolean | undefined;
    void again!.then((go) => (went = go));
    await pass(1199);
    expect(went).toBeUndefined();
    await pass(1);
    expect(went).toBe(true);
    pace.over(true);
    expect(pacer.lanes()).toEqual([]);
  });

  test('passes on at once what does not pass by itself', () => {
    for (const kind of ['window-exhausted', 'policy-stop', 'plan-config', 'provider-fault', 'unknown'] as const) {
      const { pacer } = pacerAt({ kind });
      const pace = pacer.enter(REQUEST);
      expect(pace.patience.again(REFUSAL), kind).toBeUndefined();
      pace.over(true);
      expect(pacer.lanes()).toEqual([]);
    }
  });

  test('keeps a longer Retry-After, and gives up where it would outlast the agent', async () => {
    const { pacer, pass } = pacerAt();
    const reply = (seconds: string) => ({ ...REFUSAL, headers: [['Retry-After', seconds]] as const });
    const pace = pacer.enter({ ...REQUEST, patienceMs: 10_000 });
    let went: boolean | undefined;
    void pace.patience.again(reply('5'))!.then((go) => (went = go));
    await pass(4999);
    expect(went).toBeUndefined();
    await pass(1);
    expect(went).toBe(true);
    expect(pace.patience.again(reply('6'))).toBeUndefined();
  });

  test('ends the wait when the agent would give up, even if the lane is still held', async () => {
    const { pacer, pass } = pacerAt();
    const refused = pacer.enter({ ...REQUEST, patienceMs: 10_000 });
    let went: boolean | undefined;
    void refused.patience.again(REFUSAL)!.then((go) => (went = go));
    const holder = pacer.enter({ ...REQUEST, agentId: 'other' });
    await pass(1200); // the newcomer was served never before, so it goes first and keeps the only slot
    expect(await holder.granted).toBe(true);
    await pass(8800);
    expect(went).toBe(false);
    holder.over(true);
    expect(pacer.lanes()).toEqual([]);
  });

  test('ends the wait for a turn in line after the longest one, and gives the place up', async () => {
    const { pacer, pass, timers } = pacerAt();
    const holder = pacer.enter(REQUEST);
    expect(await holder.granted).toBe(true);
    const late = pacer.enter({ ...REQUEST, patienceMs: 5000 });
    await pass(5000);
    expect(await late.granted).toBe(false);
    expect(pacer.lanes()).toMatchObject([{ inFlight: 1, waiting: 0 }]);
    holder.over(true);
    await pass(0);
    expect(timers()).toBe(0);
  });

  test('where it only queues, narrows with a refusal that it passes on', async () => {
    const { pacer, pass } = pacerAt({ absorbs: false });
    const pace = pacer.enter(REQUEST);
    expect(pace.patience.again(REFUSAL)).toBeUndefined();
    pace.over(true);
    expect(pacer.lanes()).toMatchObject([{ slots: 1, inFlight: 0, restUntilAt: 1200 }]);
    let went = false;
    void pacer.enter(REQUEST).granted.then((go) => (went = go));
    await pass(1199);
    expect(went).toBe(false);
    await pass(1);
    expect(went).toBe(true);
  });

  test('switched off, lets everyone go and leaves no timer', async () => {
    const { pacer, pass, timers } = pacerAt();
    const all = Array.from({ length: 5 }, () => pacer.enter(REQUEST));
    pacer.release('zai');
    await pass(0);
    expect(await Promise.all(all.map(({ granted }) => granted))).toEqual([true, true, true, true, true]);
    expect(timers()).toBe(0);
  });
});
