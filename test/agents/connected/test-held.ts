import type { Flag } from '../../../src/core/flag.ts';
import type { Check } from '../real/expectations.ts';
import type { ConnectedAgent } from './connected-agent.ts';
import { askForTrip, TRIP_ANSWER, type Trip, type TripUser } from './trip-session.ts';

const LIMIT_MS = 180_000;
/** Longer than any test waits. */
const HOLD_S = 120;
/** A user who thinks about it. */
const THINKING_MS = 30_000;

/** A real agent asks for a trip in warn mode, and in hold mode where a user says stop at once or send after a while. */
export async function testHeld(agent: ConnectedAgent, installedIn: string): Promise<readonly Check[]> {
  const ask = (mode: 'hold' | 'warn', window: TripUser | 'silent'): Promise<Trip> =>
    askForTrip(agent, installedIn, {
      settings: { modes: { zai: mode }, holdSeconds: HOLD_S, holdDefault: 'send' },
      window,
      timeoutMs: LIMIT_MS,
    });
  return [
    ...judgeStopped(await ask('hold', { word: 'stop', afterMs: 1000 })),
    ...judgeSent(await ask('hold', { word: 'send', afterMs: THINKING_MS })),
    ...judgeWarned(await ask('warn', 'silent')),
  ];
}

function judgeStopped({ run, words, rows, reached, holds, flags }: Trip): readonly Check[] {
  const refused = rows.filter(({ outcome }) => outcome === 'refused');
  return [
    {
      says: 'stopped, its own output shows our words once',
      ok: words.split('stopped it on your word').length === 2,
      seen: run.output.slice(-800),
    },
    { says: 'stopped, it asked once and did not try again', ok: refused.length === 1, seen: JSON.stringify(rows) },
    { says: 'stopped, it was held once', ok: holds.length === 1, seen: JSON.stringify(holds) },
    { says: 'stopped, the provider saw nothing of it', ok: reached === 0, seen: `${reached} turns` },
    check('stopped, the flag says who stopped it', flags, 'stopped', 'user'),
  ];
}

function judgeSent({ run, rows, reached, holds, flags }: Trip): readonly Check[] {
  return [
    {
      says: 'held for 30 s and sent, it shows the provider’s answer',
      ok: run.code === 0 && run.output.includes(TRIP_ANSWER),
      seen: `code ${run.code}: ${run.output.slice(-800)}`,
    },
    { says: 'sent, it was held once', ok: holds.length === 1, seen: JSON.stringify(holds) },
    { says: 'sent, the provider saw the turn once', ok: reached === 1, seen: `${reached} turns` },
    {
      says: 'sent, its own time-out was not reached: no request was cut or repeated',
      ok: rows.every(({ outcome }) => outcome === 'completed'),
      seen: JSON.stringify(rows),
    },
    check('sent, the flag says who sent it', flags, 'sent', 'user'),
  ];
}

function judgeWarned({ run, reached, holds, flags }: Trip): readonly Check[] {
  return [
    {
      says: 'warned of, it shows the provider’s answer',
      ok: run.code === 0 && run.output.includes(TRIP_ANSWER),
      seen: `code ${run.code}: ${run.output.slice(-800)}`,
    },
    {
      says: 'warned of, the turn went out once and was not held',
      ok: reached === 1 && holds.length === 0,
      seen: `${reached} turns, ${holds.length} holds`,
    },
    check('warned of, the flag says so', flags, 'warned', undefined),
  ];
}

function check(says: string, flags: readonly Flag[], acted: Flag['acted'], heldBy: Flag['heldBy']): Check {
  // Where the tool itself is only served on a best-effort basis that is a flag of its own, on the same turn.
  const tasks = flags.filter(({ ruleId }) => ruleId === 'task-scope');
  const ok = tasks.length === 1 && flags.every((flag) => flag.acted === acted && flag.heldBy === heldBy);
  return { says, ok, seen: JSON.stringify(flags) };
}
