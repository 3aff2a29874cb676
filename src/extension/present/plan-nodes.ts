import { bindingWindow } from '../../core/quota-window.ts';
import type { AccountView, PollState, Snapshot } from '../../core/snapshot.ts';
import { namePlan } from './name-plan.ts';
import { guardOf, sayGuard } from './guard-words.ts';
import { queueOf, sayQueue } from './pacer-words.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import { sayMonth, sayReroutings } from './share-words.ts';
import { formatAge } from './span.ts';
import type { TreeNode } from './tree-node.ts';
import { sayBalance, sayPeak, sayPoll, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';
import { iconOf, presentWindow, speakUse } from './window-node.ts';

/** The *Plans* tree: one row per account, below it its windows and what there is to know about reading them. */
export function presentPlans(
  voice: Voice,
  snapshot: Snapshot | undefined,
  now: number,
  showRemaining = false,
): TreeNode[] {
  if (snapshot === undefined) return [];
  const accounts = snapshot.accounts.toSorted((a, b) => order(a).localeCompare(order(b)));
  const names = accounts.map(namePlan);
  return accounts.map((account) => {
    const twin = names.filter((name) => name === namePlan(account)).length > 1;
    return presentAccount(voice, snapshot, account, twin, now, showRemaining);
  });
}

const order = (account: AccountView) => `${account.providerId} ${account.planName ?? ''} ${account.accountKey}`;

function presentAccount(
  voice: Voice,
  snapshot: Snapshot,
  account: AccountView,
  twin: boolean,
  now: number,
  showRemaining: boolean,
): TreeNode {
  const { t } = voice;
  const id = `${account.providerId}/${account.accountKey}`;
  const plan = twin ? t('{0} (key {1})', namePlan(account), account.accountKey.slice(0, 4)) : namePlan(account);
  const binding = bindingWindow(account.windows);
  const balance = account.windows.map((window) => sayBalance(voice, window)).find((left) => left !== undefined);
  const use = binding === undefined ? (balance ?? t('unknown')) : sayUse(voice, binding, now, showRemaining);
  const poll = sayPoll(voice, account.poll, now);
  const peak = sayPeak(voice, account.peak, now);
  const planUnknown = account.planId === undefined ? [t('plan not known')] : [];
  const children: TreeNode[] = account.windows.map((window) =>
    presentWindow(voice, snapshot, id, window, now, showRemaining),
  );
  if (poll !== undefined) children.push(presentPoll(voice, id, account.poll, poll));
  const queue = queueOf(snapshot, account);
  const guard = guardOf(snapshot, account);
  const held = guard === undefined ? undefined : sayGuard(voice, account, guard, now);
  const more = [held, sayMonth(voice, account), ...sayReroutings(voice, account), queue && sayQueue(voice, queue)];
  return {
    id,
    label: plan,
    description: [use, ...planUnknown, ...(guard === undefined || guard.lifted ? [] : [t('on hold')])].join(' · '),
    tooltip: [
      `**${escapeMarkdown(plan)}** · ${escapeMarkdown(account.providerName)}`,
      ...(peak === undefined ? [] : [escapeMarkdown(peak)]),
      t('Last used {0}', escapeMarkdown(formatAge(voice, now - account.lastSeenAt))),
      ...more.flatMap((line) => (line === undefined ? [] : [escapeMarkdown(line, 200)])),
    ].join('\n\n'),
    icon: binding === undefined ? { id: 'question', color: 'disabledForeground' } : iconOf(binding, now),
    spoken: t('{0}, {1}', plan, binding === undefined ? use : speakUse(voice, binding, now)),
    children,
    context: guard === undefined || guard.lifted ? 'plan' : 'plan.guarded',
    subject: guard === undefined || guard.lifted ? account.providerId : id,
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
