import type { Notice } from '../core/snapshot.ts';
import type { HomeFolder } from './home-folder.ts';
import type { OpenedSalt } from './salt.ts';

/** What the user should know about a home that is not as it should be; empty where all is well. */
export function homeNotices(state: {
  readonly home: HomeFolder;
  readonly path: string;
  readonly now: number;
}): Notice[] {
  const { home, now } = state;
  if (!home.ok) {
    const text = `Planward cannot use its folder ${state.path} (${home.message}). Agents are relayed, but nothing is kept and no window finds this relay. Make the folder writable for you, or set PLANWARD_HOME to one that is.`;
    return [{ code: 'home-unwritable', severity: 'error', text, at: now }];
  }
  return home.warning === undefined ? [] : [{ code: 'home-open', severity: 'warning', text: home.warning, at: now }];
}

const FOLLOWS = new Set(['settings-unreadable', 'salt-unwritable', 'endpoint-unwritten', 'ledger-unwritable']);

/** True for what need not be said beside `home-unwritable`. */
export function followsFromHome({ code }: Notice): boolean {
  return FOLLOWS.has(code);
}

/** What the user should know about the salt of account keys; empty where all is well. */
export function saltNotices(salt: OpenedSalt, now: number): Notice[] {
  if (!salt.kept) {
    const text = `The salt of account keys could not be kept (${salt.message}), so accounts appear as new ones after the relay's next start.`;
    return [{ code: 'salt-unwritable', severity: 'warning', text, at: now }];
  }
  const text = 'The salt of account keys was damaged and replaced: known accounts appear as new ones.';
  return salt.renewed ? [{ code: 'salt-renewed', severity: 'warning', text, at: now }] : [];
}

export function settingsNotKept(why: string, now: number): Notice {
  return { code: 'settings-not-kept', severity: 'warning', text: why, at: now };
}

/** `why` names the file and what was wrong with it. */
export function endpointRenewed(why: string, now: number): Notice {
  return {
    code: 'endpoint-renewed',
    severity: 'info',
    text: `The file that tells windows where the relay is was damaged (${why}) and was written anew. Nothing is to be done; windows find this relay again.`,
    at: now,
  };
}

export function endpointUnwritten(path: string, why: string, now: number): Notice {
  return {
    code: 'endpoint-unwritten',
    severity: 'error',
    text: `Windows cannot find this relay, since ${path} could not be written (${why}). Agents are relayed all the same.`,
    at: now,
  };
}
