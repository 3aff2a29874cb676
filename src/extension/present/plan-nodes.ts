import { bindingWindow } from '../../core/quota-window.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView, PollState, Snapshot } from '../../core/snapshot.ts';
import { speakPercent } from './figures.ts';
import { namePlan } from './meter.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import { nameWindow, speakWindow, standingOf } from './quota-words.ts';
import type { Standing } from './quota-words.ts';
import { formatAge, speakSpan } from './span.ts';
import type { NodeColor, TreeNode } from './tree-node.ts';
import { sayAmount, sayBalance, sayPeak, sayPoll, sayReset, sayResetShort, saySource, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';

/** The *Plans* tree: one row per account, below it its windows and what there is to know about reading them. */
export function presentPlans(voice: Voice, snapshot: Snapshot | undefined, now: number): TreeNode[] {
  const accounts = (snapshot?.accounts ?? []).toSorted((a, b) => order(a).localeCompare(order(b)));
  const names = accounts.map(namePlan);
  return accounts.map((account) => {
    const twin = names.filter((name) => name === namePlan(account)).length > 1;
    return presentAccount(voice, account, twin, now);
  });
}

const order = (account: AccountView) => `${account.providerId} ${account.planName ?? ''} ${account.accountKey}`;

function presentAccount(voice: Voice, account: AccountView, twin: boolean, now: number): TreeNode {
  const { t } = voice;
  const id = `${account.providerId}/${account.accountKey}`;
  const plan = twin ? t('{0} (key {1})', namePlan(account), account.accountKey.slice(0, 4)) : namePlan(account);
  const binding = bindingWindow(account.windows);
  const balance = account.windows.map((window) => sayBalance(voice, window)).find((left) => left !== undefined);
  const use = binding === undefined ? (balance ?? t('unknown')) : sayUse(voice, binding, now);
  const poll = sayPoll(voice, account.poll, now);
  const peak = sayPeak(voice, account.peak, now);
  const planUnknown = account.planId === undefined ? [t('plan not known')] : [];
  const children: TreeNode[] = account.windows.map((window) => presentWindow(voice, id, window, now));
  if (poll !== undefined) children.push(presentPoll(voice, id, account.poll, poll));
  return {
    id,
    label: plan,
    description: [use, ...planUnknown].join(' · '),
    tooltip: [
      `**${escapeMarkdown(plan)}** · ${escapeMarkdown(account.providerName)}`,
      ...(peak === undefined ? [] : [escapeMarkdown(peak)]),
      t('Last used {0}', escapeMarkdown(formatAge(voice, now - account.lastSeenAt))),
    ].join('\n\n'),
    icon: binding === undefined ? { id: 'question', color: 'disabledForeground' } : iconOf(binding, now),
    spoken: t('{0}, {1}', plan, binding === undefined ? use : speakUse(voice, binding, now)),
    children,
    context: 'plan',
  };
}

function presentPoll({ t }: Voice, accountId: string, poll: PollState, sentence: string): TreeNode {
  const labels: Partial<Record<PollState['state'], string>> = {
    paused: t('Usage API paused'),
    'backing-off': t('Usage API not answering'),
  };
  const label = labels[poll.state];
  return {
    id: `${accountId}/poll`,
    label: label ?? t('Usage API off'),
    ...(poll.reason === undefined ? {} : { description: plainText(poll.reason, 160) }),
    tooltip: escapeMarkdown(sentence, 300),
    icon: label === undefined ? { id: 'info' } : { id: 'warning', color: 'list.warningForeground' },
    spoken: sentence,
    context: 'poll',
  };
}

function presentWindow(voice: Voice, accountId: string, window: QuotaWindow, now: number): TreeNode {
  const { t } = voice;
  const name = nameWindow(voice, window);
  const standing = standingOf(window, now);
  const use = sayUse(voice, window, now);
  const amount = sayAmount(voice, window, now);
  const reset = sayReset(voice, window, now);
  const resetShort =
    window.resetsAt === undefined || standing === 'expired' ? undefined : sayResetShort(voice, window.resetsAt, now);
  const age = standing === 'stale' && window.seenAt !== undefined ? formatAge(voice, now - window.seenAt) : undefined;
  return {
    id: `${accountId}/${window.id}`,
    label: name,
    description: [age === undefined ? use : t('{0} ({1})', use, age), resetShort]
      .filter((part) => part !== undefined)
      .join(' · '),
    tooltip: [
      `**${escapeMarkdown(name)}** ${escapeMarkdown(sayUse(voice, window, now))}`,
      ...[amount, reset].filter((part) => part !== undefined).map((part) => escapeMarkdown(part)),
      `${t('Source:')} ${escapeMarkdown(saySource(voice, window, now), 200)}`,
    ].join('\n\n'),
    icon: iconOf(window, now),
    spoken: speakUse(voice, window, now),
    context: 'window',
  };
}

/** Shape and colour of a window's level; each level has both, so colour alone never tells them apart. */
function iconOf(window: QuotaWindow, now: number): { id: string; color: NodeColor } {
  const standing = standingOf(window, now);
  if (standing !== 'fresh') return { id: STANDING_ICON[standing], color: 'disabledForeground' };
  switch (window.level) {
    case 'ok':
      return { id: 'pass', color: 'charts.green' };
    case 'watch':
      return { id: 'eye', color: 'charts.yellow' };
    case 'low':
      return { id: 'warning', color: 'list.warningForeground' };
    case 'exhausted':
      return { id: 'flame', color: 'charts.red' };
    case 'unknown':
      return { id: 'question', color: 'disabledForeground' };
    default:
      window.level satisfies never;
      return { id: 'question', color: 'disabledForeground' };
  }
}

const STANDING_ICON: Record<Exclude<Standing, 'fresh'>, string> = {
  stale: 'clock',
  expired: 'refresh',
  unknown: 'question',
};

/** `62 percent of the 5-hour window used, resets in 1 hour 28 minutes` */
export function speakUse(voice: Voice, window: QuotaWindow, now: number): string {
  const { t } = voice;
  const name = speakWindow(voice, window);
  const standing = standingOf(window, now);
  if (standing === 'unknown') return sayBalance(voice, window) ?? t('use of the {0} is not known', name);
  if (standing === 'expired') return t('the {0} has reset and was not read since', name);
  const use = t('{0} of the {1} used', speakPercent(voice, window.usedFraction ?? 0), name);
  const reset =
    window.resetsAt === undefined ? use : t('{0}, resets in {1}', use, speakSpan(voice, window.resetsAt - now));
  return standing === 'stale' && window.seenAt !== undefined
    ? t('{0}, read {1}', reset, formatAge(voice, now - window.seenAt))
    : reset;
}
