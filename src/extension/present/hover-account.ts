import { bindingWindow } from '../../core/quota-window.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { forecastOf, pacePoints, sayOutlook, sayPace, sayTurnsLeft } from './forecast-words.ts';
import { namePlan } from './name-plan.ts';
import { guardOf, sayGuard } from './guard-words.ts';
import { isPaced, queueOf, sayQueue, stopOf } from './pacer-words.ts';
import { escapeMarkdown } from './plain-text.ts';
import { nameWindow } from './quota-words.ts';
import { sayAgentShares, sayFolderShares } from './share-words.ts';
import type { UseTaste } from './shown-use.ts';
import { drawUse, sayAmount, sayPeak, sayPoll, sayResetShort, saySource, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';

const BAR_CELLS = 16;
/** `38% left` is the wider figure. */
const CELLS_OF_LEFT = 12;

/** Paragraphs of one plan in the hover; empty lines of it are left out. */
export function presentHoverAccount(
  voice: Voice,
  snapshot: Snapshot,
  account: AccountView,
  now: number,
  taste: UseTaste,
): string[] {
  const { t } = voice;
  const peak = sayPeak(voice, account.peak, now);
  const head = [`**${escapeMarkdown(namePlan(account))}**`, ...(peak === undefined ? [] : [escapeMarkdown(peak)])];
  const poll = sayPoll(voice, account.poll, now);
  const stop = stopOf(snapshot, account);
  const queue = queueOf(snapshot, account);
  const guard = guardOf(snapshot, account);
  const waits = isPaced(snapshot, account.providerId)
    ? t('slowed down: requests wait in line when need be')
    : undefined;
  const slowed = queue === undefined ? waits : sayQueue(voice, queue);
  const binding = bindingWindow(account.windows);
  return [
    head.join(' &nbsp;·&nbsp; '),
    account.windows.length === 0
      ? t('No window of this plan is known yet.')
      : [
          '| | | | | |',
          '|:--|:--|--:|:--|:--|',
          ...account.windows.map((window) => presentRow(voice, window, now, taste)),
        ].join('\n'),
    ...(stop === undefined
      ? []
      : [`$(error) ${escapeMarkdown(t('All traffic of this key is stopped after error {0}.', stop.code))}`]),
    ...(guard === undefined ? [] : [`$(watch) ${escapeMarkdown(sayGuard(voice, account, guard, now), 200)}`]),
    ...(slowed === undefined ? [] : [`$(list-ordered) ${escapeMarkdown(slowed)}`]),
    ...(binding === undefined ? [] : presentBinding(voice, snapshot, account, binding, now)),
    ...(poll === undefined ? [] : [`$(warning) ${escapeMarkdown(poll, 300)}`]),
  ];
}

function presentBinding(
  voice: Voice,
  snapshot: Snapshot,
  { windows }: AccountView,
  binding: QuotaWindow,
  now: number,
): string[] {
  // Another window may end first although less of it is used: whatever runs out is said, and else how the tightest stands.
  const ending = windows.filter((window) => window !== binding && window.forecast?.outlook === 'runs-out');
  const forecast = forecastOf(binding, now);
  const lines = [
    ...[binding, ...ending].map((window) => sayOutlook(voice, window, now)),
    // Where a rate cannot be told yet, the pace is what is known.
    forecast?.outlook === 'unknown' && pacePoints(forecast) !== 0 ? sayPace(voice, forecast) : undefined,
    sayTurnsLeft(voice, binding, now),
    sayAgentShares(voice, snapshot, binding.attribution),
    sayFolderShares(voice, snapshot, binding.attribution),
  ];
  return [
    ...lines.flatMap((line) => (line === undefined ? [] : [escapeMarkdown(line, 240)])),
    `${voice.t('Source:')} ${escapeMarkdown(saySource(voice, binding, now), 200)}`,
  ];
}

/** A click on the figure turns used into left and back, everywhere. */
function presentRow(voice: Voice, window: QuotaWindow, now: number, { showRemaining }: UseTaste): string {
  const bar = drawUse(window, showRemaining ? CELLS_OF_LEFT : BAR_CELLS, now, showRemaining);
  const use = keepTogether(sayUse(voice, window, now, showRemaining));
  const isPercent = bar !== '';
  const title = showRemaining ? voice.t('Show what is used') : voice.t('Show what is left');
  const at = window.resetsAt === undefined ? '' : sayResetShort(voice, window.resetsAt, now);
  const cells = [
    keepTogether(nameWindow(voice, window)),
    bar === '' ? '' : `\`${bar}\``,
    isPercent ? `[**${use}**](command:planward.flipUsage "${title}")` : `**${use}**`,
    apart(sayAmount(voice, window, now, showRemaining) ?? ''),
    apart(at),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A cell that does not break into two lines: a table narrower than its rows is hard to read. */
function keepTogether(text: string): string {
  return escapeMarkdown(text).replaceAll(' ', '\u00a0');
}

/** Cells stand edge to edge in a hover; this one keeps its distance from the one before. */
function apart(text: string): string {
  return text === '' ? '' : `&nbsp;&nbsp;${keepTogether(text)}`;
}
