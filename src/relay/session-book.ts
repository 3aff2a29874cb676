import { readFolder, readSessionId, type SessionRequest } from '../agents/session.ts';
import type { Exchange } from '../core/exchange.ts';
import type { SessionView, WorkspaceView } from '../core/snapshot.ts';
import type { SessionSeen } from '../ledger/burn-rows.ts';
import { accountKeyOf } from './salt.ts';

/** Salted keys of where a request belongs; absent where it does not tell. */
export type SessionKeys = Pick<Exchange, 'sessionKey' | 'workspaceKey'>;

export interface SessionBook {
  /** Reads a request. Never throws. */
  keysOf(request: SessionRequest): SessionKeys;
  /** What the ledger holds from before this start. */
  remember(seen: readonly SessionSeen[]): void;
  closed(exchange: Exchange): void;
  /** Those of these keys that are known, and the newest twenty; last seen first. */
  sessions(named: ReadonlySet<string>): readonly SessionView[];
  workspaces(named: ReadonlySet<string>): readonly WorkspaceView[];
  /** Undefined where the key is not remembered. */
  session(key: string): Pick<SessionView, 'agentId' | 'firstAt'> | undefined;
  workspace(key: string): Pick<WorkspaceView, 'name'> | undefined;
}

const KEPT = 5000;
const NEWEST = 20;

interface Session {
  readonly agentId: string;
  workspaceKey: string | undefined;
  firstAt: number;
  lastAt: number;
}

/**
 * Agents' sessions and folders under salted hashes. A session's id and a folder's path are hashed at once and kept nowhere;
 * the folder's last name stays in memory, so that people can tell their projects apart.
 */
export function createSessionBook(salt: Uint8Array): SessionBook {
  const sessions = new Map<string, Session>();
  const workspaces = new Map<string, { name: string | undefined; lastAt: number }>();
  /** Session -> folder, read once: it stands in the first requests' text. */
  const folders = new Map<string, string>();

  function folderOf(request: SessionRequest, sessionKey: string | undefined): string | undefined {
    const known = sessionKey === undefined ? undefined : folders.get(sessionKey);
    if (known !== undefined) return known;
    const written = readFolder(request);
    if (written === undefined) return undefined;
    const path = unescape(written);
    const workspaceKey = accountKeyOf(salt, 'folder', path);
    const name = path.split(/[\\/]/).findLast((part) => part !== '');
    workspaces.set(workspaceKey, { name: name?.slice(0, 80), lastAt: workspaces.get(workspaceKey)?.lastAt ?? 0 });
    if (sessionKey !== undefined) {
      folders.set(sessionKey, workspaceKey);
      bound(folders);
    }
    return workspaceKey;
  }

  function saw(sessionKey: string, { agentId, workspaceKey, firstAt, lastAt }: Omit<SessionSeen, 'sessionKey'>): void {
    const known = sessions.get(sessionKey);
    if (known === undefined) {
      sessions.set(sessionKey, { agentId, workspaceKey, firstAt, lastAt });
      bound(sessions);
      return;
    }
    known.workspaceKey = workspaceKey ?? known.workspaceKey;
    known.firstAt = Math.min(known.firstAt, firstAt);
    known.lastAt = Math.max(known.lastAt, lastAt);
  }

  function sawFolder(workspaceKey: string | undefined, at: number): void {
    if (workspaceKey === undefined) return;
    const known = workspaces.get(workspaceKey);
    if (known !== undefined) known.lastAt = Math.max(known.lastAt, at);
    else workspaces.set(workspaceKey, { name: undefined, lastAt: at });
    bound(workspaces);
  }

  return {
    keysOf(request) {
      const id = readSessionId(request);
      const sessionKey = id === undefined ? undefined : accountKeyOf(salt, `session ${request.agentId}`, id);
      const workspaceKey = folderOf(request, sessionKey);
      return {
        ...(sessionKey === undefined ? {} : { sessionKey }),
        ...(workspaceKey === undefined ? {} : { workspaceKey }),
      };
    },
    remember(seen) {
      for (const { sessionKey, ...rest } of seen) {
        saw(sessionKey, rest);
        sawFolder(rest.workspaceKey, rest.lastAt);
      }
    },
    closed({ sessionKey, workspaceKey, agentId, startedAt }) {
      if (sessionKey !== undefined) {
        saw(sessionKey, { agentId, workspaceKey, firstAt: startedAt, lastAt: startedAt });
      }
      sawFolder(workspaceKey, startedAt);
    },
    sessions: (named) => pick(sessions, named).map(([sessionKey, session]) => ({ sessionKey, ...session })),
    session: (key) => sessions.get(key),
    workspace: (key) => workspaces.get(key),
    workspaces: (named) => pick(workspaces, named).map(([workspaceKey, seen]) => ({ workspaceKey, ...seen })),
  };
}

function pick<T extends { readonly lastAt: number }>(
  all: ReadonlyMap<string, T>,
  named: ReadonlySet<string>,
): readonly (readonly [string, T])[] {
  const sorted = [...all].toSorted(([, a], [, b]) => b.lastAt - a.lastAt);
  return sorted.filter(([key], place) => place < NEWEST || named.has(key));
}

/** Lets the oldest entries go. */
function bound(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= KEPT) return;
    map.delete(key);
  }
}

/** A path as it stands in a JSON string of a body that was read as latin1: escapes undone, UTF-8 put together again. */
function unescape(written: string): string {
  const utf8 = Buffer.from(written, 'latin1').toString('utf8');
  try {
    return String(JSON.parse(`"${utf8}"`));
  } catch {
    return utf8;
  }
}
