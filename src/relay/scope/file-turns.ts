import type { WrittenPrompt } from '../../core/seen-turn.ts';
import type { Owner } from '../whose.ts';
import type { JudgedRequest, ScopeWatch } from './scope-watch.ts';

export interface FileTurnsDeps {
  readonly scope: Pick<ScopeWatch, 'judge' | 'flag'>;
  readonly newId: (at: number) => string;
  /** Agents whose own hook hands their prompts over: those are judged there. */
  readonly hooked: () => readonly { readonly agentId: string }[];
}

/** Prompts that only an agent's own files tell of, judged once it is known whose plan answered them. In memory only. */
export interface FileTurns {
  asked(agentId: string, prompt: WrittenPrompt): void;
  /** An answer in a session: what was asked there before is judged, unless the relay carries that session. */
  answered(agentId: string, sessionId: string, owner: Owner, carried: boolean): void;
}

const SESSIONS_KEPT = 200;
const PREVIOUS = 3;

interface Session {
  /** Judged or not to be judged, newest first. */
  earlier: readonly string[];
  waiting: readonly WrittenPrompt[];
}

export function createFileTurns({ scope, newId, hooked }: FileTurnsDeps): FileTurns {
  const sessions = new Map<string, Session>();

  function sessionOf(agentId: string, sessionId: string): Session {
    const key = `${agentId}\0${sessionId}`;
    const session = sessions.get(key) ?? { earlier: [], waiting: [] };
    sessions.delete(key);
    sessions.set(key, session);
    for (const old of sessions.keys()) {
      if (sessions.size <= SESSIONS_KEPT) break;
      sessions.delete(old);
    }
    return session;
  }

  function judge(
    agentId: string,
    { providerId, accountKey }: Owner,
    prompt: WrittenPrompt,
    previous: readonly string[],
  ) {
    const { text, at, scheduled } = prompt;
    const request: JudgedRequest = {
      providerId,
      accountKey,
      agentId,
      at,
      turn: {
        text,
        previous,
        files: [],
        brings: 'user-turn',
        rawMessage: text.slice(0, 20_000),
        kind: scheduled ? 'cron' : 'user-turn',
        author: scheduled ? 'schedule' : 'user',
        tools: [],
        system: '',
      },
    };
    const verdict = scope.judge(request);
    if (verdict !== undefined && verdict.findings.length > 0) {
      scope.flag(request, verdict, `file:${newId(at)}`, 'passed');
    }
  }

  return {
    asked(agentId, prompt) {
      const session = sessionOf(agentId, prompt.sessionId);
      // Copies of a session repeat its lines.
      if (session.earlier[0] === prompt.text || session.waiting.some(({ text }) => text === prompt.text)) return;
      session.waiting = [...session.waiting, prompt].slice(-PREVIOUS);
    },
    answered(agentId, sessionId, owner, carried) {
      const session = sessions.get(`${agentId}\0${sessionId}`);
      if (session === undefined || session.waiting.length === 0) return;
      const seenOtherwise = carried || hooked().some((each) => each.agentId === agentId);
      for (const prompt of session.waiting) {
        if (!seenOtherwise) judge(agentId, owner, prompt, session.earlier);
        session.earlier = [prompt.text, ...session.earlier].slice(0, PREVIOUS);
      }
      session.waiting = [];
    },
  };
}
