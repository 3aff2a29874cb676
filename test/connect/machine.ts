import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { agents } from '../../src/agents/list.ts';
import { connectAgent } from '../../src/connect/connect-agent.ts';
import { disconnectAgent, planDisconnection } from '../../src/connect/disconnect-agent.ts';
import { openJournal, type Connected } from '../../src/connect/journal.ts';
import { planConnection, type ConnectPlan, type ConnectRequest } from '../../src/connect/plan-connection.ts';
import type { Agent } from '../../src/core/agent.ts';
import type { ConfigFormat, KeyPath, Places } from '../../src/core/connection.ts';

export const PROVIDER_IDS = ['zai', 'bigmodel', 'anthropic', 'openai', 'codex', 'gemini'];
export const RELAY = 'http://127.0.0.1:7526';

/** A scratch home and Planward home, gone when the test is. */
export interface Machine {
  readonly userHome: string;
  readonly home: string;
  readonly places: Places;
  /** Writes a file under the user's home and gives its path. */
  put(name: string, content: string | Uint8Array): string;
  plan(agent: Agent | string, more?: Partial<ConnectRequest>): ReturnType<typeof planConnection>;
  connect(agent: Agent | string, more?: Partial<ConnectRequest>): Connected;
  /** Takes back the newest open connection; gives how. */
  disconnect(): string;
}

export function makeMachine(env: Places['env'] = {}): Machine {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'planward-connect-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const userHome = join(root, 'user');
  const home = join(root, 'planward');
  mkdirSync(userHome);
  const places: Places = { env, userHome, platform: 'linux' };
  let ids = 0;

  function plan(agent: Agent | string, more: Partial<ConnectRequest> = {}) {
    const known = typeof agent === 'string' ? agentOf(agent) : agent;
    return planConnection({ agent: known, places, relayOrigin: RELAY, providerIds: PROVIDER_IDS, ...more });
  }

  return {
    userHome,
    home,
    places,
    put(name, content) {
      const path = join(userHome, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    plan,
    connect(agent, more) {
      const planned = plan(agent, more);
      if (!planned.ok) throw new Error(`${planned.reason}: ${planned.message}`);
      return apply(planned, home, `id-${ids++}`);
    },
    disconnect() {
      const [newest] = openJournal(home).open();
      if (newest === undefined) throw new Error('nothing is connected');
      const planned = planDisconnection(newest);
      if (planned.kind === 'blocked') return `blocked: ${planned.message}`;
      const done = disconnectAgent(planned, { home, now: 2 });
      return done.ok ? done.how : `${done.reason}: ${done.message}`;
    },
  };
}

function apply(plan: ConnectPlan, home: string, id: string): Connected {
  const done = connectAgent(plan, { home, now: 1, newId: () => id });
  if (!done.ok) throw new Error(`${done.reason}: ${done.message}`);
  if (done.connected === undefined) throw new Error('there was nothing to do');
  return done.connected;
}

export function agentOf(id: string): Agent {
  return agents.find((agent) => agent.id === id)!;
}

/** An agent whose one address stands at `path` of one file. */
export function agentWith(file: string, format: ConfigFormat, path: KeyPath): Agent {
  return {
    id: 'test-agent',
    name: 'Test Agent',
    recognise: () => 0,
    connection: {
      files: () => [{ path: file, format }],
      mayCreate: true,
      slots: () => [{ path, label: 'address', current: undefined, direct: 'https://api.z.ai/api', inUse: true }],
      directUrls: {},
      addSlot: () => undefined,
      costs: [],
      restart: { en: '', zh: '' },
      overridingVariables: [],
      projectOverrides: () => [],
      byHand: () => [],
    },
  };
}
