import { describe, expect, test } from 'vitest';
import { seeBatch, seeSeveralPeople, type WayTurn } from '../../src/scope/fold-ways.ts';

const T0 = 1_800_000_000_000;

function turn(over: Partial<WayTurn> & { readonly at: number }): WayTurn {
  return { agentId: 'unknown', textKey: `text ${over.at}`, shapeKey: `shape ${over.at}`, opens: true, ...over };
}

/** Newest first, `gapMs` apart. */
function row(count: number, gapMs: (i: number) => number, over: (i: number) => Partial<WayTurn> = () => ({})) {
  let at = T0;
  return Array.from({ length: count }, (_, i) => {
    at -= gapMs(i);
    return turn({ at, ...over(i) });
  });
}

describe('a batch', () => {
  test('is likely at twenty prompts of one template in five minutes, possible from ten', () => {
    const uneven = (i: number): number => 3000 + (i % 5) * 2000;
    expect(seeBatch(row(20, uneven, () => ({ shapeKey: 'one' })))).toMatchObject({ confidence: 'likely' });
    expect(seeBatch(row(12, uneven, () => ({ shapeKey: 'one' })))).toMatchObject({
      confidence: 'possible',
      evidence: ['12 different prompts of one template within five minutes'],
    });
    expect(seeBatch(row(9, uneven, () => ({ shapeKey: 'one' })))).toBeUndefined();
  });

  test('is not the same prompt sent again, nor a conversation that goes on', () => {
    const same = row(
      30,
      () => 2000 + 1,
      () => ({ shapeKey: 'one', textKey: 'one' }),
    );
    expect(seeBatch(same)).toBeUndefined();
    const going = row(
      30,
      () => 2000,
      () => ({ shapeKey: 'one', opens: false }),
    );
    expect(seeBatch(going)).toBeUndefined();
  });

  test('is possible where eight conversations begin at once, and where twelve begin at one beat', () => {
    expect(seeBatch(row(8, () => 100))).toMatchObject({ confidence: 'possible' });
    expect(seeBatch(row(12, (i) => 30_000 + (i % 2) * 900))).toMatchObject({
      confidence: 'possible',
      evidence: [expect.stringContaining('even beat of 30 s')],
    });
    expect(seeBatch(row(12, (i) => 20_000 + (i % 4) * 9000))).toBeUndefined();
  });
});

describe('several people', () => {
  test('are likely where requests name two of them; one person with four sub-agents is one', () => {
    const two = row(
      4,
      () => 1000,
      (i) => ({ personKey: `person ${i % 2}` }),
    );
    expect(seeSeveralPeople(two)).toMatchObject({ confidence: 'likely' });
    expect(
      seeSeveralPeople(
        row(
          40,
          () => 1000,
          () => ({ personKey: 'one' }),
        ),
      ),
    ).toBeUndefined();
  });

  test('are possible with two kinds of machine, or with many agents and sessions at once', () => {
    expect(
      seeSeveralPeople(
        row(
          4,
          () => 1000,
          (i) => ({ machine: i % 2 === 0 ? 'MacOS arm64' : 'Linux x64' }),
        ),
      ),
    ).toMatchObject({ confidence: 'possible' });
    const many = row(
      16,
      () => 1000,
      (i) => ({ agentId: `agent ${i % 4}`, sessionKey: `session ${i % 8}` }),
    );
    expect(seeSeveralPeople(many)).toMatchObject({ confidence: 'possible' });
    const one = row(
      16,
      () => 1000,
      (i) => ({ agentId: 'agent', sessionKey: `session ${i}` }),
    );
    expect(seeSeveralPeople(one)).toBeUndefined();
  });
});
