import type { LedgerRow } from '../test/agents/real/ledger-rows.ts';
import type { MockProvider } from '../test/support/mock-provider.ts';
import type { MockRequest } from '../test/support/mock-request.ts';

/**
 * Sum of what a session's own requests took from their first try to the end of their answer. A try is the same body again; what
 * the relay held before it sent anything is in its row, which is told by when it was answered.
 */
export function untilAnsweredMs(
  { requests, turns }: MockProvider,
  session: number,
  sessionOf: (request: MockRequest) => number,
  rows: readonly LedgerRow[],
  answerMs: number,
): number {
  const own = turns.filter(({ request }) => request.tools.length > 0 && sessionOf(request) === session);
  return own.reduce((sum, { request }) => {
    const tries = requests.filter((each) => each.kind === 'chat' && each.body.equals(request.body));
    const firstAt = Math.min(...tries.map(({ at }) => at));
    const passedAt = (row: LedgerRow): number => row.startedAt + (row.firstByteMs ?? 0) - answerMs;
    const row = rows.toSorted((a, b) => Math.abs(passedAt(a) - request.at) - Math.abs(passedAt(b) - request.at))[0];
    const overAt = row === undefined ? request.at + answerMs : row.startedAt + row.durationMs;
    return sum + overAt - Math.min(firstAt, row?.startedAt ?? firstAt);
  }, 0);
}

/** One line for each request, as the provider and as the relay saw it, in seconds since the first. */
export function traceOf(
  { requests, turns }: MockProvider,
  beganAt: number,
  sessionOf: (request: MockRequest) => number,
  rows: readonly LedgerRow[],
): readonly string[] {
  const taken = new Set(turns.map(({ request }) => request.index));
  const lines = requests
    .filter(({ kind }) => kind === 'chat')
    .map((request) => {
      const session = sessionOf(request);
      const side = request.tools.length === 0 ? ' side' : '';
      return { at: request.at, line: `provider ${session}${side} ${taken.has(request.index) ? 'takes' : 'REFUSES'}` };
    });
  const mine = rows.map(({ startedAt, outcome, status, kind, firstByteMs, durationMs }) => ({
    at: startedAt,
    line: `  relay ${kind} ${outcome} ${status}, first byte after ${firstByteMs}, over after ${durationMs}`,
  }));
  return [...lines, ...mine]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, line }) => `${((at - beganAt) / 1000).toFixed(2).padStart(7)} ${line}`);
}
