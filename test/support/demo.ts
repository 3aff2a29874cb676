import { codingSession } from './mock-coding-session.ts';
import { startMockProvider, type MockProvider } from './mock-provider.ts';
import { fail, type Script } from './mock-reply.ts';
import { startRelayProcess, type RelayProcess } from './relay-process.ts';
import type { DemoScenario } from './scenarios/list.ts';
import { startSimulator, type Simulator } from './simulator.ts';

export interface DemoOptions {
  /** Planward home of the demo's relay; a scratch folder. */
  readonly home: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** See SimulatorOptions. Default 1. */
  readonly speed?: number;
  /** Default: a normal day. */
  readonly scenario?: DemoScenario | undefined;
  /** Relay program; default that of this clone. */
  readonly relayFile?: string;
}

export interface Demo {
  readonly relay: RelayProcess;
  readonly mock: MockProvider;
  readonly simulator: Simulator;
  /** Stops the traffic, lets the relay drain, ends everything. */
  close(): Promise<void>;
}

/** Mock, relay (in its own process) and simulator. Rejects with the relay's words if it does not start. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { home, port = 0, speed = 1, scenario, relayFile } = options;
  const mock = await startDemoMock(speed, 0, scenario);
  try {
    const relay = await startRelayProcess({
      home,
      port,
      upstreams: { zai: mock.url },
      ...(relayFile === undefined ? {} : { file: relayFile }),
    });
    let ending: Promise<unknown> | undefined;
    let answered = 0;
    const onRequest = (): void => {
      answered += 1;
      if (answered === scenario?.relayEndsAfter) ending = relay.stop();
    };
    const prompts = scenario?.prompts;
    const pairs = Array.from({ length: scenario?.pairs ?? 1 }, () =>
      startSimulator({ relayUrl: relay.url, speed, onRequest, ...(prompts === undefined ? {} : { prompts }) }),
    );
    const simulator = pairs[0]!;
    const close = async (): Promise<void> => {
      await Promise.all(pairs.map((pair) => pair.stop()));
      await (ending ?? relay.stop());
      await mock.close();
    };
    return { relay, mock, simulator, close };
  } catch (error) {
    await mock.close();
    throw error;
  }
}

/** A mock for people to look at: a plan a third used, figures large enough to move the meter, now and then a 1302. */
export function startDemoMock(speed = 1, port = 0, scenario?: DemoScenario): Promise<MockProvider> {
  return startMockProvider({
    port,
    plan: 'pro',
    creditsBefore: 4000,
    tokenScale: 10,
    delivery: { firstByteMs: 400 / speed, dripMs: 30 / speed },
    ...scenario?.mock,
    script: scenario?.script?.(demoScript()) ?? demoScript(),
  });
}

function demoScript(): Script {
  const session = codingSession({
    file: '/home/user/project/calc.js',
    oldText: 'return a + b;',
    newText: 'return a + b; // checked',
    command: 'node --test',
    closingText: 'I made the change and the tests pass.',
  });
  const thinking = 'Look at the file first, then make the smallest change that does it. '.repeat(3);
  let served = 0;
  return async (request) => {
    served += 1;
    if (served % 23 === 0) return fail('1302');
    const reply = await session(request);
    if (reply.kind !== 'turn') return reply;
    return { ...reply, blocks: [{ kind: 'thinking', text: thinking }, ...reply.blocks] };
  };
}
