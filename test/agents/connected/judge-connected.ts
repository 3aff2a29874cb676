import type { Check } from '../real/expectations.ts';
import type { ConnectedRecord } from './connected-session.ts';
import { changedIn } from './home-tree.ts';

/** Judges an agent that was connected, used and disconnected. Each check is one sentence of behaviour. */
export function judgeConnected(record: ConnectedRecord): readonly Check[] {
  const { agent, connect, coding, email, disconnect, rows, trees, stillNaming, routed, mock } = record;
  const [before, after] = trees;
  const strangers = rows.filter(({ agentId, providerId }) => agentId !== agent.id || providerId !== 'zai');
  const wire = mock.requests.filter(({ kind }) => kind !== 'quota');
  const [textBefore, textAfter] = record.texts.map(agent.withoutOwnWrites ?? ((text) => text));
  const changed = changedIn(before, after).filter((path) => path !== agent.edited || textBefore !== textAfter);
  return [
    check('it is connected by our command', connect.code === 0 && record.namedRelay, connect.output.slice(-1500)),
    check('the relay stays for it', routed[0].includes(agent.id), routed[0].join()),
    check('a coding session ends well', coding.run.code === 0, said(coding.run)),
    check(
      'its edit and its command are real',
      coding.project.edited() && coding.project.testRuns().length > 0,
      said(coding.run),
    ),
    check('an e-mail session ends well', email.run.code === 0, said(email.run)),
    check('its draft is real', email.drafted.includes('Yes, Friday suits me.'), email.drafted),
    check('it says what the provider said last', email.run.output.includes(email.closingText), said(email.run)),
    check(
      'every request went through the relay',
      rows.length === wire.length && rows.length >= 8,
      `${rows.length} rows, ${wire.length} requests`,
    ),
    check('every request is known to be its own', strangers.length === 0, JSON.stringify(strangers.slice(0, 3))),
    check('it is disconnected by our command', disconnect.code === 0, disconnect.output),
    check(
      'every file that was there is as it was',
      changed.length === 0,
      `${changed.join(', ')}\n${record.texts.join('\n--- now:\n')}`,
    ),
    check('no file names the relay any more', stillNaming.length === 0, stillNaming.join(', ')),
    check('the relay need not stay for it', !routed[1].includes(agent.id), routed[1].join()),
  ];
}

function said({ code, output }: { readonly code: number; readonly output: string }): string {
  return `code ${code}: ${output.slice(-1500)}`;
}

function check(says: string, ok: boolean, seen: string): Check {
  return { says, ok, seen: ok ? '' : seen };
}
