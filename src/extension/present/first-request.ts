import type { Agent } from '../../core/agent.ts';
import { languageOf } from '../../core/text.ts';
import type { ExchangeView, Snapshot } from '../../core/snapshot.ts';
import type { Obstacles } from '../connection-plans.ts';
import { nameProvider } from './exchange-words.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** The first request of an agent since an instant; undefined where none is done yet. */
export function firstRequestOf(
  snapshot: Snapshot | undefined,
  agentId: string,
  since: number,
): ExchangeView | undefined {
  return snapshot?.recent.findLast((exchange) => exchange.agentId === agentId && exchange.startedAt >= since);
}

/** How the first request went: whether it works, and one sentence. */
export function presentFirstRequest(
  voice: Voice,
  snapshot: Snapshot | undefined,
  agent: Agent,
  exchange: ExchangeView,
): { readonly works: boolean; readonly text: string } {
  const { t } = voice;
  const { status, error, outcome } = exchange;
  const provider = nameProvider(snapshot, exchange.providerId);
  if (status !== undefined && status < 400 && error === undefined)
    return { works: true, text: t('It works: {0} reached {1} through the relay.', agent.name, provider) };
  if (outcome === 'aborted')
    return { works: true, text: t('{0} came through the relay and cancelled its request.', agent.name) };
  const why =
    status === 401 || status === 403
      ? t('The key may belong to another provider, or to another endpoint of it.')
      : status === 404
        ? t('The model may not be known there.')
        : plainText(error?.message ?? '', 200);
  const answer = status === undefined ? t('nothing') : String(status);
  const text = t('{0} came through the relay, and {1} answered {2}.', agent.name, provider, answer);
  return { works: false, text: why === '' ? text : `${text} ${why}` };
}

/** What may be in the way of an agent that sends nothing; the likeliest first. */
export function presentObstacles(voice: Voice, agent: Agent, { overrides, proxy }: Obstacles): string[] {
  const { t } = voice;
  return [
    t(
      'A session that was open before keeps the old address. {0}',
      agent.connection?.restart[languageOf(voice.locale)] ?? '',
    ),
    ...overrides.map((where) => t('{0} wins over the agent’s own file.', where)),
    ...(proxy === undefined
      ? []
      : [
          t(
            '{0} would send requests for this machine to the proxy. Agents need NO_PROXY={1}.',
            proxy.variables.join(', '),
            proxy.noProxy,
          ),
        ]),
  ].map((line) => line.trim());
}
