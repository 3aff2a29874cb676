import { CONNECTED_AGENTS } from './connected/connected-agent.ts';
import { testBlocked } from './connected/test-blocked.ts';
import { testConnected } from './connected/test-connected.ts';
import { testHeld } from './connected/test-held.ts';
import { testTwice, WRITING_AGENTS } from './connected/test-twice.ts';
import { HOOKED_AGENTS } from './hooked/hooked-agent.ts';
import { testHooked } from './hooked/test-hooked.ts';
import { holdSession } from './real/agent-session.ts';
import { codex } from './real/codex-session.ts';
import { judgeCodexTransport } from './real/codex-transport.ts';
import { judgeCodexTwice } from './real/codex-twice.ts';
import { judgeSession, type Check } from './real/expectations.ts';
import { REAL_AGENTS } from './real/real-agent.ts';
import type { TriedAgent } from './run-trial.ts';

const SESSION_LIMIT_MS = 80_000;

/** One agent, and what is judged of it. */
export interface Trial {
  /** `cline-held` */
  readonly id: string;
  readonly agent: TriedAgent & { readonly name: string };
  /** What happens, in a few words. */
  readonly about: string;
  /** Left out where no trial is named. */
  readonly onlyNamed?: boolean;
  hold(installedIn: string): Promise<readonly Check[]>;
}

/** About the agent itself, so that it can be held without the relay too. */
export function sessionTrials(direct: boolean): readonly Trial[] {
  return REAL_AGENTS.map((agent) => ({
    id: agent.id,
    agent,
    about: `a coding session ${direct ? 'without' : 'through'} the relay`,
    hold: (installedIn) => holdSession(agent, installedIn, { direct, timeoutMs: SESSION_LIMIT_MS }, judgeSession),
  }));
}

/** Agents that a user's word is waited for with: those named first where the plans' terms are spoken of. */
const HELD = ['claude-code', 'cline', 'kilo-code', 'openclaw'];

/** About the relay or the hooks. `brief`: all are to be held, so the longest say less. */
export const relayTrials = (brief: boolean): readonly Trial[] => [
  {
    id: codex.id,
    agent: codex,
    about: 'a session through the relay',
    hold: (installedIn) => judgeCodexTransport(installedIn, SESSION_LIMIT_MS),
  },
  // The same programs as users have them: pointed at the relay by our own command.
  ...CONNECTED_AGENTS.map((agent) => ({
    id: `${agent.id}-connected`,
    agent,
    about: 'connected by planward, used twice, disconnected',
    hold: (installedIn: string) => testConnected(agent, installedIn),
  })),
  ...CONNECTED_AGENTS.map((agent) => ({
    id: `${agent.id}-blocked`,
    agent,
    about: 'asked for a trip in block mode',
    hold: (installedIn: string) => testBlocked(agent, installedIn),
  })),
  // They behave differently while they wait; each is asked three times, and one of them for half a minute.
  ...CONNECTED_AGENTS.filter(({ id }) => HELD.includes(id)).map((agent) => ({
    id: `${agent.id}-held`,
    agent,
    about: 'asked for a trip in hold and warn mode',
    hold: (installedIn: string) => testHeld(agent, installedIn),
  })),
  ...WRITING_AGENTS.map((agent) => ({
    id: `${agent.id}-twice`,
    agent,
    about: 'seen by the relay and in its own files',
    hold: (installedIn: string) => testTwice(agent, installedIn),
  })),
  {
    id: `${codex.id}-twice`,
    agent: codex,
    about: 'seen by the relay and in its own files',
    hold: (installedIn) => judgeCodexTwice(installedIn, SESSION_LIMIT_MS),
  },
  // And those that ask by their own hook.
  ...HOOKED_AGENTS.map((agent) => ({
    id: `${agent.id}-hooked`,
    agent,
    about: 'without the relay, by its own hook',
    ...(agent.onlyNamed === true ? { onlyNamed: true } : {}),
    hold: (installedIn: string) => testHooked(agent, installedIn, brief),
  })),
];
