import type { IncidentView, Snapshot } from '../../core/snapshot.ts';
import type { Likelihood, RankedCause, TimelineEntry } from '../../core/incident.ts';
import { languageOf } from '../../core/text.ts';
import { nameAgent, nameProvider } from './exchange-words.ts';
import { formatClock, formatInstant } from './instant.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import type { TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

const MOST_CAUSES = 3;
const MOST_ROWS = 40;

/** The *Incidents* tree, newest first: under each its likely causes, what can be done, and its time line. */
export function presentIncidents(voice: Voice, snapshot: Snapshot | undefined, now: number): TreeNode[] {
  return (snapshot?.incidents ?? []).map((incident, i) => presentIncident(voice, snapshot!, incident, i > 0, now));
}

function presentIncident(
  voice: Voice,
  snapshot: Snapshot,
  incident: IncidentView,
  folded: boolean,
  now: number,
): TreeNode {
  const language = languageOf(voice.locale);
  const { explanation, id } = incident;
  const label = nameIncident(voice, incident);
  const at = formatInstant(voice, incident.startedAt, now);
  const count = sayAttempts(voice, incident);
  const headline = plainText(explanation.headline[language], 400);
  const who = [nameIncidentAgent(voice, incident, snapshot), nameProvider(snapshot, incident.providerId)];
  return {
    id: `incident/${id}`,
    label,
    description: `${at} · ${count}`,
    tooltip: [
      `**${escapeMarkdown(label)}**`,
      escapeMarkdown(who.join(' → ')),
      escapeMarkdown(headline, 400),
      escapeMarkdown(explanation.why[language], 600),
    ].join('\n\n'),
    icon: iconOf(incident),
    spoken: [label, ...who, at, count, headline].join(', '),
    context: canSlowDown(incident) ? 'incident.slow' : 'incident',
    subject: id,
    folded,
    children: [
      ...explanation.causes.slice(0, MOST_CAUSES).map((cause) => presentCause(voice, id, cause)),
      ...presentRemedies(voice, incident),
      presentWho(incident, who),
      presentTimeline(voice, incident, now),
    ],
  };
}

/** `Claude Code (claude-cli/2.1.330)`: its name, and what it named itself where it told a version. */
export function nameIncidentAgent(
  { t }: Voice,
  { agentId, products = [] }: IncidentView,
  snapshot: Snapshot | undefined,
): string {
  const name = snapshot === undefined ? agentId : (nameAgent(snapshot, agentId) ?? t('Unrecognised agent'));
  return products.length === 0 ? name : `${name} (${plainText(products.join(', '), 120)})`;
}

/** `1302 · Account rate limit` */
export function nameIncident({ locale }: Voice, { explanation }: IncidentView): string {
  return `${plainText(explanation.code, 24)} · ${plainText(explanation.title[languageOf(locale)], 80)}`;
}

/** `9 refusals, 1 turn` */
function sayAttempts({ t }: Voice, { attempts, turns, recoveredAt }: IncidentView): string {
  const refusals = attempts === 1 ? t('1 refusal') : t('{0} refusals', attempts);
  const of = turns === 1 ? t('{0}, 1 turn', refusals) : t('{0}, {1} turns', refusals, turns);
  return recoveredAt === undefined ? of : t('{0}, went through then', of);
}

/** Whether queueing requests is among what helps. */
export function canSlowDown({ explanation }: IncidentView): boolean {
  return explanation.remedies.some(({ action }) => action === 'slow-down');
}

function iconOf({ explanation, recoveredAt }: IncidentView): NonNullable<TreeNode['icon']> {
  if (explanation.class === 'policy-stop') return { id: 'error', color: 'list.errorForeground' };
  if (explanation.class === 'window-exhausted') return { id: 'flame', color: 'charts.red' };
  return recoveredAt === undefined
    ? { id: 'warning', color: 'list.warningForeground' }
    : { id: 'pass', color: 'charts.green' };
}

function presentCause(voice: Voice, incidentId: string, cause: RankedCause): TreeNode {
  const language = languageOf(voice.locale);
  const word = nameLikelihood(voice, cause.likelihood);
  const name = plainText(cause.name[language], 120);
  const marked = (mark: string, texts: RankedCause['speaksFor']) =>
    texts.map((each) => `${mark} ${escapeMarkdown(each[language], 300)}`);
  return {
    id: `incident/${incidentId}/cause/${cause.cause}`,
    label: word,
    description: name,
    tooltip: [
      `**${escapeMarkdown(name)}** · ${escapeMarkdown(word)}`,
      ...marked('$(add)', cause.speaksFor),
      ...marked('$(remove)', cause.speaksAgainst),
    ].join('\n\n'),
    icon: { id: cause.likelihood === 'unlikely' ? 'circle-large-outline' : 'search' },
    spoken: `${word}: ${name}`,
    context: 'cause',
    subject: incidentId,
    run: 'planward.explainLastError',
  };
}

export function nameLikelihood({ t }: Voice, likelihood: Likelihood): string {
  return {
    stated: t('stated by the provider'),
    likely: t('likely'),
    possible: t('possible'),
    unlikely: t('less likely'),
  }[likelihood];
}

/** Remedies we can carry out are rows that do so; the others are told. */
function presentRemedies(voice: Voice, incident: IncidentView): TreeNode[] {
  const { t } = voice;
  const language = languageOf(voice.locale);
  const { id, explanation } = incident;
  return explanation.remedies.slice(0, 4).map((remedy, i): TreeNode => {
    const text = plainText(remedy.text[language], 300);
    const slow = remedy.action === 'slow-down';
    return {
      id: `incident/${id}/remedy/${i}`,
      label: slow ? t('Slow down') : text,
      ...(slow ? { description: text } : {}),
      tooltip: escapeMarkdown(text, 300),
      icon: { id: slow ? 'list-ordered' : 'lightbulb' },
      spoken: slow ? `${t('Slow down')}: ${text}` : text,
      context: 'remedy',
      subject: slow ? incident.providerId : id,
      run: slow ? 'planward.slowDown' : 'planward.explainLastError',
    };
  });
}

function presentWho({ id, model }: IncidentView, [agent = '', provider = '']: readonly string[]): TreeNode {
  const rest = [provider, ...(model === undefined ? [] : [plainText(model, 48)])].join(' · ');
  return {
    id: `incident/${id}/who`,
    label: agent,
    description: `→ ${rest}`,
    tooltip: escapeMarkdown(`${agent} → ${rest}`),
    icon: { id: 'arrow-swap' },
    spoken: `${agent} → ${rest}`,
    context: 'who',
    subject: id,
  };
}

function presentTimeline(voice: Voice, { id, timeline }: IncidentView, now: number): TreeNode {
  const { t } = voice;
  const label = t('Time line');
  const count = timeline.length === 1 ? t('1 request') : t('{0} requests', timeline.length);
  return {
    id: `incident/${id}/timeline`,
    label,
    description: count,
    icon: { id: 'history' },
    spoken: `${label}, ${count}`,
    folded: true,
    context: 'timeline',
    children: timeline.slice(-MOST_ROWS).map((entry) => presentEntry(voice, id, entry, now)),
  };
}

function presentEntry(voice: Voice, incidentId: string, entry: TimelineEntry, now: number): TreeNode {
  const outcome = sayEntry(voice, entry);
  const at = formatClock(voice, entry.at);
  const passed = entry.outcome === 'passed';
  return {
    id: `incident/${incidentId}/${entry.id}/${entry.at}`,
    label: at,
    description: outcome,
    tooltip: escapeMarkdown(`${formatInstant(voice, entry.at, now)} · ${outcome}`),
    icon: passed ? { id: 'check', color: 'charts.green' } : { id: 'error', color: 'list.errorForeground' },
    spoken: `${at}, ${outcome}`,
    context: 'entry',
  };
}

/** `refused, 429` */
export function sayEntry({ t }: Voice, { status, outcome }: TimelineEntry): string {
  const word = outcome === 'passed' ? t('went through') : t('refused');
  return status === undefined ? word : t('{0}, {1}', word, status);
}
