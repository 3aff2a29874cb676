import type { Check } from '../real/expectations.ts';
import type { ConnectedAgent } from './connected-agent.ts';
import { askForTrip } from './trip-session.ts';

const LIMIT_MS = 90_000;

/** A real agent in block mode asks for a trip: our words in its own output, once, and nothing at the provider. */
export async function testBlocked(agent: ConnectedAgent, installedIn: string): Promise<readonly Check[]> {
  const settings = { modes: { zai: 'block' } } as const;
  const { run, words, rows, reached } = await askForTrip(agent, installedIn, { settings, timeoutMs: LIMIT_MS });
  const refused = rows.filter(({ outcome }) => outcome === 'refused');
  return [
    {
      says: 'its own output shows our words, verbatim and once',
      ok: words.split('it reads as travel planning').length === 2,
      seen: run.output.slice(-600),
    },
    { says: 'it asked once and did not try again', ok: refused.length === 1, seen: JSON.stringify(rows) },
    { says: 'the provider saw nothing of it', ok: reached === 0, seen: `${reached} turns` },
  ];
}
