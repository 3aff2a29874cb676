import type { AgentView, ExchangeView, Snapshot } from '../../core/snapshot.ts';
import { findProvider } from '../../providers/list.ts';
import { formatCount, formatCountTight } from './figures.ts';
import { plainText } from './plain-text.ts';
import type { NodeColor } from './tree-node.ts';
import type { Voice } from './voice.ts';

/** `glm-4.7`; the operation where no model is known. */
export function nameExchange({ t }: Voice, exchange: ExchangeView): string {
  const model = exchange.modelServed ?? exchange.modelRequested;
  if (model !== undefined) return plainText(model, 48);
  switch (exchange.operation) {
    case 'chat':
      return t('chat');
    case 'count-tokens':
      return t('token count');
    case 'models':
      return t('model list');
    case 'probe':
      return t('probe');
    case 'other':
      return t('other request');
    default:
      exchange.operation satisfies never;
      return '';
  }
}

/** How it ended, in a word or a status: `200`, `429 · 1302`, `cut off`. */
export function sayOutcome({ t }: Voice, exchange: ExchangeView): string {
  const code = exchange.error?.code;
  const status = exchange.status === undefined ? undefined : String(exchange.status);
  switch (exchange.outcome) {
    case 'completed':
      return [status ?? t('done'), code === undefined ? undefined : plainText(code, 24)]
        .filter((part) => part !== undefined)
        .join(' · ');
    case 'refused':
      return t('stopped by Planward');
    case 'upstream-failed':
      return status === undefined ? t('no answer') : t('cut off');
    case 'aborted':
      return t('cancelled by the agent');
    case 'absorbed':
      return [status, code === undefined ? undefined : plainText(code, 24), t('waited out')]
        .filter((part) => part !== undefined)
        .join(' · ');
    default:
      exchange.outcome satisfies never;
      return '';
  }
}

/** `12.3K in · 456 out`; undefined where nothing was reported. Figures of a cut stream are a lower bound and say so. */
export function sayTokens(voice: Voice, exchange: ExchangeView, room: 'tight' | 'full'): string | undefined {
  const { t } = voice;
  const { usage } = exchange;
  if (usage === undefined) return undefined;
  const count = room === 'tight' ? formatCountTight : formatCount;
  const output = count(voice, usage.outputTokens);
  const said = t(
    '{0} in · {1} out',
    count(voice, usage.inputTokens),
    usage.exactness === 'partial' ? `≥ ${output}` : output,
  );
  if (room === 'tight') return said;
  const cached =
    usage.cacheReadTokens > 0 ? ` · ${t('{0} of the input from cache', count(voice, usage.cacheReadTokens))}` : '';
  const guess = usage.exactness === 'estimated' ? ` · ${t('estimated')}` : '';
  return `${said}${cached}${guess}`;
}

/** What a row says of an exchange: the tokens where all went well, else how it ended and what it used until then. */
export function sayExchange(voice: Voice, exchange: ExchangeView): string {
  const tokens = sayTokens(voice, exchange, 'tight');
  if (wentWell(exchange) && tokens !== undefined) return tokens;
  return [sayOutcome(voice, exchange), tokens].filter((part) => part !== undefined).join(' · ');
}

function wentWell({ outcome, error, status }: ExchangeView): boolean {
  return outcome === 'completed' && error === undefined && (status ?? 200) < 400;
}

export function iconOf(exchange: ExchangeView): { id: string; color: NodeColor } {
  switch (exchange.outcome) {
    case 'completed':
      return wentWell(exchange)
        ? { id: 'check', color: 'charts.green' }
        : { id: 'error', color: 'list.errorForeground' };
    case 'refused':
      return { id: 'shield', color: 'charts.blue' };
    case 'upstream-failed':
      return { id: 'debug-disconnect', color: 'list.errorForeground' };
    case 'aborted':
      return { id: 'circle-slash', color: 'disabledForeground' };
    case 'absorbed':
      return { id: 'watch', color: 'charts.blue' };
    default:
      exchange.outcome satisfies never;
      return { id: 'question', color: 'disabledForeground' };
  }
}

/** Name of an agent by id, as the snapshot knows it; undefined for `unknown`. */
export function nameAgent(snapshot: Snapshot, agentId: string): string | undefined {
  if (agentId === 'unknown') return undefined;
  const known: AgentView | undefined = snapshot.agents.find((agent) => agent.agentId === agentId);
  return plainText(known?.agentName ?? agentId, 40);
}

/** The provider's name, as the relay says it or as we know it; the id of one that nobody knows. */
export function nameProvider(snapshot: Snapshot | undefined, providerId: string): string {
  const known = snapshot?.accounts.find((account) => account.providerId === providerId);
  return plainText(known?.providerName ?? findProvider(providerId)?.name ?? providerId, 40);
}
