import { describe, expect, test } from 'vitest';
import type { TurnReading } from '../../../src/agents/turn-kind.ts';
import { createWayWatch, type WayRequest } from '../../../src/relay/scope/way-watch.ts';

const T0 = 1_800_000_000_000;

function turn(text: string, over: Partial<TurnReading> = {}): TurnReading {
  return {
    kind: 'user-turn',
    author: 'user',
    tools: [],
    system: '',
    text,
    previous: [],
    files: [],
    brings: 'user-turn',
    rawMessage: text,
    ...over,
  };
}

function request(over: Partial<WayRequest> = {}): WayRequest {
  return {
    at: T0,
    providerId: 'zai',
    accountKey: 'account',
    agentId: 'unknown',
    turn: turn('Summarise this ticket'),
    way: {},
    login: false,
    ...over,
  };
}

const watch = () => createWayWatch(new Uint8Array(16));
const names = (seen: readonly { readonly signal: string }[]): readonly string[] => seen.map(({ signal }) => signal);

describe('what is seen of the way requests come', () => {
  test('a bare client is raw API use only where nobody is recognised and no tools are declared', () => {
    const way = { rawClient: { name: 'curl', plain: true } };
    expect(watch().see(request({ way }))).toMatchObject([{ signal: 'raw-api', confidence: 'likely' }]);
    expect(watch().see(request({ way: { rawClient: { name: 'openai-node', plain: false } } }))).toMatchObject([
      { signal: 'raw-api', confidence: 'possible' },
    ]);
    expect(watch().see(request({ way, agentId: 'cline' }))).toEqual([]);
    expect(watch().see(request({ way, turn: turn('fix it', { tools: ['read_file'] }) }))).toEqual([]);
  });

  test('a subscription login is foreign in a program that is not the vendor’s own', () => {
    const of = (agentId: string) => names(watch().see(request({ providerId: 'anthropic', login: true, agentId })));
    expect(of('opencode')).toEqual(['foreign-login']);
    expect(of('claude-code')).toEqual([]);
    expect(of('unknown')).toEqual([]);
    expect(names(watch().see(request({ providerId: 'anthropic', agentId: 'opencode' })))).toEqual([]);
  });

  test('prompts of one template are a batch; an agent’s titles, helpers and steps are not', () => {
    const one = watch();
    let seen: readonly string[] = [];
    for (let i = 0; i < 20; i++) {
      seen = names(
        one.see(request({ at: T0 + i * (4000 + (i % 3) * 900), turn: turn(`Classify review ${i}: "text ${i}"`) })),
      );
    }
    expect(seen).toEqual(['batch']);
    const other = watch();
    for (let i = 0; i < 30; i++) {
      const helper = turn(
        `Classify review ${i}`,
        i % 2 === 0 ? { kind: 'sub-agent', author: 'model' } : { kind: 'title' },
      );
      expect(other.see(request({ at: T0 + i * 4000, turn: helper }))).toEqual([]);
    }
  });

  test('two named people on one credential are several people, on two credentials they are not', () => {
    const one = watch();
    one.see(request({ way: { person: 'anna' } }));
    expect(names(one.see(request({ at: T0 + 1, way: { person: 'ben' } })))).toEqual(['several-people']);
    const two = watch();
    two.see(request({ way: { person: 'anna' } }));
    expect(two.see(request({ at: T0 + 1, accountKey: 'other', way: { person: 'ben' } }))).toEqual([]);
    expect(two.see(request({ at: T0 + 40 * 60_000, way: { person: 'ben' } }))).toEqual([]);
  });

  test('a heartbeat is unattended', () => {
    expect(names(watch().see(request({ turn: turn('check', { kind: 'heartbeat', author: 'schedule' }) })))).toEqual([
      'unattended',
    ]);
  });
});
