import type { ExchangeView, Notice, Snapshot } from '../../core/snapshot.ts';
import { iconOf, nameAgent, nameExchange, nameProvider, sayExchange, sayOutcome, sayTokens } from './exchange-words.ts';
import { formatCount } from './figures.ts';
import { formatInstant } from './instant.ts';
import { inVoice } from './in-voice.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import { formatAge, formatAgeTight, formatShortSpan, formatSpanTight } from './span.ts';
import type { TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

const MOST_RECENT = 50;

/** The *Activity* tree: notices first, then the relay itself, and the latest requests. */
export function presentActivity(voice: Voice, snapshot: Snapshot | undefined, now: number): TreeNode[] {
  if (snapshot === undefined) return [];
  const notices = snapshot.notices.toSorted((a, b) => b.at - a.at).map((notice) => presentNotice(voice, notice, now));
  if (snapshot.agents.length === 0 && snapshot.recent.length === 0 && notices.length === 0) return [];
  return [...notices, presentRelay(voice, snapshot, now), presentRecent(voice, snapshot, now)];
}

function presentNotice(voice: Voice, notice: Notice, now: number): TreeNode {
  const said = inVoice(voice, notice.text);
  const text = plainText(said, 400);
  return {
    id: `notice/${notice.code}`,
    label: text,
    tooltip: `${escapeMarkdown(said, 600)}\n\n${escapeMarkdown(formatInstant(voice, notice.at, now))}`,
    icon: {
      info: { id: 'info' },
      warning: { id: 'warning', color: 'list.warningForeground' as const },
      error: { id: 'error', color: 'list.errorForeground' as const },
    }[notice.severity],
    spoken: text,
    context: 'notice',
  };
}

function presentRecent(voice: Voice, snapshot: Snapshot, now: number): TreeNode {
  const { t } = voice;
  const label = t('Latest requests');
  const total = t('{0} so far', formatCount(voice, snapshot.exchanges));
  return {
    id: 'recent',
    label,
    description: total,
    icon: { id: 'history' },
    spoken: `${label}, ${total}`,
    children: snapshot.recent.slice(0, MOST_RECENT).map((exchange) => presentExchange(voice, snapshot, exchange, now)),
    context: 'recent',
  };
}

function presentExchange(voice: Voice, snapshot: Snapshot, exchange: ExchangeView, now: number): TreeNode {
  const { t } = voice;
  const name = nameExchange(voice, exchange);
  const outcome = sayOutcome(voice, exchange);
  const age = formatAge(voice, now - exchange.startedAt);
  const took = formatShortSpan(voice, exchange.durationMs);
  const agent = nameAgent(snapshot, exchange.agentId);
  const tokens = sayTokens(voice, exchange, 'full') ?? t('tokens not reported');
  const first =
    exchange.firstByteMs === undefined ? [] : [t('first byte after {0}', formatShortSpan(voice, exchange.firstByteMs))];
  return {
    id: `exchange/${exchange.id}`,
    label: name,
    description: `${sayExchange(voice, exchange)} · ${formatAgeTight(voice, now - exchange.startedAt)}`,
    tooltip: [
      `**${escapeMarkdown(name)}** · ${escapeMarkdown(outcome)}`,
      escapeMarkdown([agent ?? t('Unrecognised agent'), nameProvider(snapshot, exchange.providerId)].join(' → ')),
      escapeMarkdown([formatInstant(voice, exchange.startedAt, now), took, ...first].join(' · ')),
      escapeMarkdown(tokens),
      ...(exchange.error === undefined ? [] : [`$(error) ${escapeMarkdown(exchange.error.message, 300)}`]),
    ].join('\n\n'),
    icon: iconOf(exchange),
    spoken: [name, outcome, ...(agent === undefined ? [] : [agent]), took, tokens, age].join(', '),
    context: 'exchange',
  };
}

function presentRelay(voice: Voice, snapshot: Snapshot, now: number): TreeNode {
  const { t } = voice;
  const { relay, ledger } = snapshot;
  const label = t('Relay {0}', plainText(relay.version, 24));
  const up = t('up {0}', formatSpanTight(voice, now - relay.startedAt));
  const off = ledger.state === 'off' ? [t('ledger off')] : [];
  const description = [t('port {0}', String(relay.port)), up, ...off].join(' · ');
  return {
    id: 'relay',
    label,
    description,
    icon: ledger.state === 'off' ? { id: 'warning', color: 'list.warningForeground' } : { id: 'radio-tower' },
    spoken: `${label}, ${description}`,
    context: 'relay',
  };
}
