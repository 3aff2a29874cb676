import type { PolicyPack } from '../../src/core/policy-pack.ts';
import type { RequestFacts } from '../../src/core/request-facts.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import type { Judge } from '../../src/scope/judge.ts';
import { kindOfClient } from '../../src/policies/clients.ts';
import type { Row } from './rows.ts';

/** A row with what the judge says of it. */
export interface Judged {
  readonly row: Row;
  readonly verdict: Verdict;
}

/** A moment at which the pack of September 2026 is in force, whatever the day of the run. */
export const MOMENT = { now: Date.UTC(2026, 8, 7), providerId: 'zai' } as const;

export const CODING_CLIENT = {
  client: 'claude-code',
  tools: ['Agent', 'Bash', 'Edit', 'Read', 'Skill', 'ToolSearch', 'Write', 'AskUserQuestion'],
} as const;
export const GENERAL_AGENT = {
  client: 'openclaw',
  tools: ['gmail_search', 'gmail_send', 'calendar_list', 'reminders_list', 'browser_navigate', 'message', 'web_search'],
} as const;

export function factsOf(row: Row): RequestFacts {
  return {
    text: row.text,
    ...(row.prev === undefined ? {} : { previous: [row.prev] }),
    ...(row.tools === undefined ? {} : { tools: row.tools }),
    ...(row.client === undefined ? {} : { client: row.client, clientKind: kindOfClient(row.client) }),
  };
}

/** Every row judged, `context` standing in for what the row does not say. */
export function judgeAll(
  rows: readonly Row[],
  judge: Judge,
  pack: PolicyPack,
  context: Pick<RequestFacts, 'client' | 'tools'> = {},
): readonly Judged[] {
  return rows.map((row) => {
    const facts = { ...context, ...factsOf(row) };
    const kind = facts.client === undefined ? {} : { clientKind: kindOfClient(facts.client) };
    return { row, verdict: judge({ ...facts, ...kind }, pack, MOMENT) };
  });
}

export interface Figures {
  readonly coding: number;
  readonly off: number;
  readonly precision: number;
  readonly recall: number;
  /** Coding called out of scope. */
  readonly falseFlags: number;
  /** Coding that is called neither out of scope nor unsure. */
  readonly codingPassed: number;
  readonly unsure: number;
  /** Right side of even odds. */
  readonly right: number;
}

/** Shares of 1; NaN where there is nothing to divide by. Ambiguous rows are left out. */
export function figuresOf(judged: readonly Judged[]): Figures {
  const counted = judged.filter(({ row }) => row.label !== 'ambiguous');
  const coding = counted.filter(({ row }) => row.label === 'coding');
  const off = counted.filter(({ row }) => row.label === 'off-scope');
  const out = (list: readonly Judged[]): number =>
    list.filter((each) => each.verdict.decision === 'out-of-scope').length;
  const caught = out(off);
  const wrong = out(coding);
  return {
    coding: coding.length,
    off: off.length,
    precision: caught / (caught + wrong),
    recall: caught / off.length,
    falseFlags: wrong / coding.length,
    codingPassed: coding.filter(({ verdict }) => verdict.decision === 'in-scope').length / coding.length,
    unsure: counted.filter(({ verdict }) => verdict.decision === 'unsure').length / counted.length,
    right:
      counted.filter(({ row, verdict }) => verdict.pOffScope > 0.5 === (row.label === 'off-scope')).length /
      counted.length,
  };
}
