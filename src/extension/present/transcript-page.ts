import type { Flag } from '../../core/flag.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Transcript, TranscriptTurn } from '../../core/transcript.ts';
import { nameAgent, nameProvider } from './exchange-words.ts';
import { formatCount, formatPercent } from './figures.ts';
import { nameCategory, sayActed } from './flag-words.ts';
import { nameHeld } from './hold-words.ts';
import { formatClock, formatDate } from './instant.ts';
import { plainText } from './plain-text.ts';
import { formatShortSpan } from './span.ts';
import type { Voice } from './voice.ts';

/** A place of a flag: UTF-16 columns in one line, and the line with which the turn it is about begins. */
export interface FlagMark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly turnLine: number;
  readonly flag: Flag;
}

export interface TranscriptPage {
  readonly text: string;
  readonly flags: readonly FlagMark[];
  /** The line with which each turn begins. */
  readonly turnLines: readonly number[];
  /** Lines that only describe the line above them. */
  readonly faint: readonly number[];
}

const INDENT = ' '.repeat(10);
const SAID = `${INDENT}│ `;
/** A line of text that is longer is cut: nobody reads it here. */
const LINE_MAX = 1000;

/**
 * A session as text: each turn with its time, what it was for, how it reads, and below it model, outcome and tokens. What was
 * asked stands there only where the user allowed it. A flag is marked on the sentence that carries it, else on the verdict.
 */
export function presentTranscript(voice: Voice, snapshot: Snapshot, transcript: Transcript): TranscriptPage {
  const { t } = voice;
  const { view, turns } = transcript;
  const lines: string[] = [];
  const flags: FlagMark[] = [];
  const turnLines: number[] = [];
  const comma = t(', ');
  const faint: number[] = [];
  const agent = nameAgent(snapshot, view.agentId) ?? t('Unrecognised agent');
  const folder = snapshot.workspaces?.find(({ workspaceKey }) => workspaceKey === view.workspaceKey)?.name;
  const provider = nameProvider(snapshot, view.providerId);
  lines.push(
    t('{0} → {1}, session since {2}', agent, provider, formatDate(voice, view.firstAt)) +
      (folder === undefined ? '' : ` · ${plainText(folder, 60)}`),
    turns.some(({ text }) => text !== undefined)
      ? t('What was asked is shown from memory: planward.scope.storeExcerpts is on.')
      : t('What was asked is not kept: planward.scope.storeExcerpts is off.'),
    '',
  );
  faint.push(1);
  for (const turn of turns) addTurn(turn);
  for (const hold of snapshot.holds ?? []) {
    if (hold.agentId !== view.agentId || hold.providerId !== view.providerId) continue;
    lines.push(
      `${formatClock(voice, hold.since)}  ${t('held: {0}, until {1}', nameHeld(voice, hold), formatClock(voice, hold.untilAt))}`,
    );
  }
  return { text: `${lines.join('\n')}\n`, flags, turnLines, faint };

  function addTurn(turn: TranscriptTurn): void {
    const open = turn.flagIds
      .map((id) => snapshot.flags.find((flag) => flag.id === id))
      .filter((flag) => flag !== undefined);
    const verdict = sayVerdict(voice, turn);
    const head = [
      `${formatClock(voice, turn.startedAt)}  ${nameKind(voice, turn.kind)}`,
      ...(turn.characters === undefined ? [] : [t('{0} characters', formatCount(voice, turn.characters))]),
    ].join(comma);
    const line = lines.length;
    turnLines.push(line);
    const whole = verdict === undefined ? head : `${head}${comma}${verdict}`;
    const acted = open[0] === undefined ? '' : ` · ${sayActed(voice, open[0])}`;
    lines.push(`${whole}${acted}`);
    const said = turn.text === undefined ? undefined : sentenceOf(turn.text, turn);
    const textLine = lines.length;
    for (const each of turn.text?.split('\n') ?? []) lines.push(`${SAID}${each.slice(0, LINE_MAX)}`.trimEnd());
    faint.push(lines.length);
    lines.push(`${INDENT}${sayRest(voice, turn)}`, '');
    for (const flag of open) {
      const onTask = turn.verdict?.ruleId === flag.ruleId;
      const from = verdict === undefined || !onTask ? 10 : head.length + comma.length;
      flags.push(
        said === undefined || !onTask
          ? { line, from, to: whole.length, turnLine: line, flag }
          : {
              line: textLine + said.line,
              from: SAID.length + said.from,
              to: SAID.length + said.to,
              turnLine: line,
              flag,
            },
      );
    }
  }
}

/** The sentence with the strongest word against it, in its line; undefined where no word of the text carries it. */
function sentenceOf(text: string, { verdict }: TranscriptTurn): { line: number; from: number; to: number } | undefined {
  const [strongest] = (verdict?.evidence ?? [])
    .filter(({ where, weight, start }) => where === 'text' && weight > 0 && start !== undefined)
    .toSorted((a, b) => b.weight - a.weight);
  if (strongest?.start === undefined || strongest.start >= text.length) return undefined;
  for (const match of text.matchAll(/[^.!?。！？\n]+[.!?。！？]*/g)) {
    if (strongest.start >= match.index + match[0].length) continue;
    const before = text.slice(0, match.index).split('\n');
    const start = before.at(-1)!.length + match[0].length - match[0].trimStart().length;
    const end = Math.min(LINE_MAX, start + match[0].trim().length);
    return end <= start ? undefined : { line: before.length - 1, from: start, to: end };
  }
  return undefined;
}

/** `coding`, `unsure`, `travel planning 97%`; undefined where the turn is none to judge. */
function sayVerdict(voice: Voice, { verdict }: TranscriptTurn): string | undefined {
  const { t } = voice;
  switch (verdict?.decision) {
    case 'in-scope':
      return verdict.reason === 'taught' ? t('coding, on your word') : t('coding');
    case 'unsure':
      return t('unsure');
    case 'out-of-scope':
      return `${nameCategory(voice, verdict.category) ?? t('not coding')} ${formatPercent(verdict.pOffScope)}`;
    default:
      return undefined;
  }
}

function nameKind({ t }: Voice, kind: string | undefined): string {
  const names: Record<string, string> = {
    'user-turn': t('user turn'),
    title: t('title'),
    compaction: t('summary'),
    classifier: t('safety check'),
    heartbeat: t('heartbeat'),
    cron: t('scheduled job'),
    'sub-agent': t('sub-agent'),
    prewarm: t('warm-up'),
    'tool-result': t('step'),
    retry: t('retry'),
  };
  return (kind === undefined ? undefined : names[kind]) ?? t('request');
}

function sayRest(voice: Voice, turn: TranscriptTurn): string {
  const { t } = voice;
  const model = turn.modelServed ?? turn.modelRequested;
  const { usage } = turn;
  return [
    ...(model === undefined ? [] : [plainText(model, 48)]),
    sayOutcome(voice, turn),
    formatShortSpan(voice, turn.durationMs),
    ...(usage === undefined
      ? []
      : [t('{0} in · {1} out', formatCount(voice, usage.inputTokens), formatCount(voice, usage.outputTokens))]),
  ].join(' · ');
}

function sayOutcome({ t }: Voice, { outcome, status, errorCode }: TranscriptTurn): string {
  const code = errorCode === undefined ? '' : ` ${plainText(errorCode, 24)}`;
  switch (outcome) {
    case 'completed':
      return `${status ?? t('done')}${code}`;
    case 'refused':
      return t('stopped by Planward');
    case 'upstream-failed':
      return status === undefined ? t('no answer') : t('cut off');
    case 'aborted':
      return t('cancelled by the agent');
    case 'absorbed':
      return `${status ?? ''}${code} ${t('waited out')}`.trim();
    default:
      outcome satisfies never;
      return '';
  }
}
