import { findAgent } from '../../../src/agents/list.ts';
import type { QuotaWindow } from '../../../src/core/quota-window.ts';
import type { AnsweredTurn } from '../../support/mock-provider.ts';
import type { LedgerRow } from './ledger-rows.ts';
import type { SessionRecord } from './agent-session.ts';

export interface Check {
  readonly says: string;
  readonly ok: boolean;
  /** What was seen instead; empty where ok. */
  readonly seen: string;
}

/** Judges a finished session. Each check is one sentence of behaviour. */
export function judgeSession(record: SessionRecord): readonly Check[] {
  return [...judgeWork(record), ...judgeLedger(record), ...judgeMeter(record)];
}

function judgeWork({ run, project, mock, processesLeft }: SessionRecord): readonly Check[] {
  const runs = project.testRuns();
  const retried = mock.turns.length;
  return [
    check('it ends by itself with exit code 0', run.code === 0, `code ${run.code}: ${run.output.slice(-1500)}`),
    check('the file was really edited', project.edited(), 'calc.js is not as asked'),
    check(
      'the command really ran, after the edit',
      runs.length === 1 && runs[0] === 'mul is a function',
      runs.join('; '),
    ),
    check('it says what the provider said last', run.output.includes(project.task.closingText), run.output.slice(-500)),
    check('it goes on after a 1302', retried >= 4, `${retried} turns answered`),
    check('no process of it is left', processesLeft.length === 0, `still there: ${processesLeft.join(', ')}`),
  ];
}

function judgeLedger({ agent, mock, relay }: SessionRecord): readonly Check[] {
  if (relay === undefined) return [];
  const { rows } = relay;
  const wire = mock.requests.filter(({ kind }) => kind !== 'quota');
  const chats = rows.filter(({ operation }) => operation === 'chat');
  const answered = chats.filter(({ status }) => status === 200);
  const refused = chats.filter(({ status }) => status === 429);
  const strangers = rows.filter(({ agentId }) => agentId !== agent.id);
  return [
    check(
      'each request the provider saw is one ledger row',
      rows.length === wire.length,
      `${rows.length} rows, ${wire.length} requests`,
    ),
    check('each turn has its own tokens in the ledger', sameTokens(answered, mock.turns), tokens(answered, mock.turns)),
    check(
      'the refused request is in the ledger with its code',
      refused.length === 1 && refused[0]?.errorCode === '1302',
      JSON.stringify(refused),
    ),
    check(
      'each exchange was completed',
      rows.every(({ outcome }) => outcome === 'completed'),
      JSON.stringify(rows),
    ),
    check(`each exchange is known to come from ${agent.name}`, strangers.length === 0, JSON.stringify(strangers)),
    ...judgeSessionKeys(agent.id, chats),
  ];
}

/** The whole run is one session in one folder, where the agent's file says that its requests tell. */
function judgeSessionKeys(agentId: string, chats: readonly LedgerRow[]): readonly Check[] {
  const marks = findAgent(agentId)?.session;
  const namesSession = [marks?.headers, marks?.ofBody, marks?.idAfter].some((mark) => mark !== undefined);
  const sessions = new Set(chats.map(({ sessionKey }) => sessionKey));
  const folders = new Set(chats.map(({ workspaceKey }) => workspaceKey));
  const kinds = new Set(chats.map(({ kind }) => kind));
  const seen = JSON.stringify([...sessions, ...folders, ...kinds]);
  return [
    check(
      namesSession ? 'all its requests are of one session' : 'no session is made up for it',
      sessions.size === 1 && sessions.has(undefined) !== namesSession,
      seen,
    ),
    check(
      marks?.folderAfter === undefined ? 'no folder is made up for it' : 'the folder it works in is told',
      marks?.folderAfter === undefined
        ? folders.size === 1 && folders.has(undefined)
        : [...folders].some((key) => key !== undefined) && folders.size <= 2,
      seen,
    ),
    check('what each request is for is told', kinds.has('main') && !kinds.has(undefined), seen),
  ];
}

function judgeMeter({ agent, mock, credits, relay }: SessionRecord): readonly Check[] {
  if (relay === undefined) return [];
  const { before, after, rows } = relay;
  const account = after.accounts.find(({ providerId }) => providerId === 'zai');
  const fiveHour = account?.windows.find(({ windowMs }) => windowMs === 5 * 3_600_000);
  const shown = after.agents.find(({ agentId }) => agentId === agent.id);
  const asked = mock.requests.filter(({ kind }) => kind === 'quota').length;
  return [
    check(
      'nothing was shown before the session',
      before.accounts.length === 0 && before.exchanges === 0,
      JSON.stringify(before),
    ),
    check('the quota endpoint was asked, and not often', asked >= 1 && asked <= 3, `${asked} times`),
    check('the plan was learned from the provider', account?.planName !== undefined, JSON.stringify(account)),
    check(
      "the 5-hour window's ledger count is what the provider booked",
      near(fiveHour?.ledgerUsed, credits),
      `${describe(fiveHour)}; booked ${credits}`,
    ),
    check(
      'the 5-hour window shows what was used, within the one credit the provider rounds off',
      Math.abs((fiveHour?.used ?? -1) - credits) <= 1 && (fiveHour?.usedFraction ?? 0) > 0,
      `${describe(fiveHour)}; booked ${credits}`,
    ),
    check('the agent is listed with all its requests', shown?.requests === rows.length, JSON.stringify(after.agents)),
    check('nothing is left in flight', after.inFlight === 0, String(after.inFlight)),
    check(
      'the relay drains and exits with code 0',
      relay.exitCode === 0,
      `${relay.exitCode}: ${relay.said.slice(-1000)}`,
    ),
  ];
}

function sameTokens(rows: readonly LedgerRow[], turns: readonly AnsweredTurn[]): boolean {
  return tokenList(rows) === tokenList(turns.map(({ usage }) => usage));
}

function tokens(rows: readonly LedgerRow[], turns: readonly AnsweredTurn[]): string {
  return `ledger ${tokenList(rows)}, provider ${tokenList(turns.map(({ usage }) => usage))}`;
}

function tokenList(list: readonly Pick<LedgerRow, 'inputTokens' | 'cacheReadTokens' | 'outputTokens'>[]): string {
  return list.map((one) => `${one.inputTokens}/${one.cacheReadTokens}/${one.outputTokens}`).join(' ');
}

/** Within a hundredth: both sides use the published formula, but may see the clock on different sides of an hour. */
function near(value: number | undefined, wanted: number): boolean {
  return value !== undefined && wanted > 0 && Math.abs(value - wanted) <= wanted * 0.01;
}

function describe(window: QuotaWindow | undefined): string {
  return window === undefined ? 'no such window' : JSON.stringify(window);
}

export function check(says: string, ok: boolean, seen: string): Check {
  return { says, ok, seen: ok ? '' : seen };
}
