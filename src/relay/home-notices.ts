import type { Notice } from '../core/snapshot.ts';
import type { HomeFolder } from './home-folder.ts';
import type { OpenedSalt } from './salt.ts';

/** What the user should know about a home that is not as it should be; empty where all is well. */
export function homeNotices(state: {
  readonly home: HomeFolder;
  readonly salt: OpenedSalt;
  readonly path: string;
  readonly now: number;
}): Notice[] {
  const notices: Notice[] = [];
  const post = (code: string, severity: Notice['severity'], text: string) =>
    notices.push({ code, severity, text, at: state.now });
  if (!state.home.ok) {
    post(
      'home-unwritable',
      'error',
      `Planward cannot use its folder ${state.path} (${state.home.message}). Agents are relayed, but nothing is kept and no window finds this relay. Make the folder writable for you, or set PLANWARD_HOME to one that is.`,
    );
    return notices;
  }
  if (state.home.warning !== undefined) post('home-open', 'warning', state.home.warning);
  if (!state.salt.kept) {
    post(
      'salt-unwritable',
      'warning',
      `The salt of account keys could not be kept (${state.salt.message}), so accounts appear as new ones after the relay's next start.`,
    );
  } else if (state.salt.renewed) {
    post(
      'salt-renewed',
      'warning',
      'The salt of account keys was damaged and replaced: known accounts appear as new ones.',
    );
  }
  return notices;
}

export function endpointUnwritten(path: string, why: string, now: number): Notice {
  return {
    code: 'endpoint-unwritten',
    severity: 'error',
    text: `Windows cannot find this relay, since ${path} could not be written (${why}). Agents are relayed all the same.`,
    at: now,
  };
}
