import type { RelayConnection } from '../../client/watch-relay.ts';
import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { chooseAccount } from './choose-account.ts';
import { presentAccount } from './meter-account.ts';
import type { MeterTaste, MeterView } from './meter-view.ts';
import { namePlan } from './name-plan.ts';
import { guardOf, sayGuard } from './guard-words.ts';
import { formatInstant } from './instant.ts';
import { drawQueue, heldAgents, isPaced, queueOf, sayHeld, sayQueue, stopOf } from './pacer-words.ts';
import { plainText } from './plain-text.ts';
import { describeConnection } from './relay-words.ts';
import type { Voice } from './voice.ts';

/**
 * The status bar meter. First match wins:
 *
 * | connection | shows |
 * | --- | --- |
 * | lost | relay off, a click starts it |
 * | starting | a spinner |
 * | unknown | a question mark and the word |
 * | live, no account seen | waiting for the first request |
 * | live, the key is stopped | the provider's code; a click tells and offers to lift it |
 * | live, a guard of the user's holds requests | until when, and how many wait |
 * | live, the pacer holds requests | in flight, slots and queue |
 * | live, a balance and nothing else | what is left of it |
 * | live, no figure known | the plan and "usage unknown", never 0 % |
 * | live, window has reset since | the plan and "reset" |
 * | live, window spent | when it resets |
 * | live | percent, pace where ahead, time to the reset; dimmed with its age where stale |
 *
 * Requests that a paused agent holds are counted behind whatever shows; a provider that is slowed down has a mark.
 * `only`: the account to show; absent, the one that will stop the user first.
 */
export function presentMeter(
  voice: Voice,
  connection: RelayConnection,
  taste: MeterTaste,
  port: number,
  now: number,
  only?: AccountView,
): MeterView {
  const { t } = voice;
  const why = describeConnection(voice, connection, port);
  switch (connection.state) {
    case 'lost':
      return {
        text: `$(debug-disconnect) ${t('Planward: relay off')}`,
        tone: 'normal',
        label: t('Planward: relay off. {0} Press to start it.', why),
        command: 'planward.startRelay',
      };
    case 'starting':
      return {
        text: '$(sync~spin) Planward',
        tone: 'normal',
        label: t('Planward: {0}', why),
        command: 'planward.showLog',
      };
    case 'unknown':
      return {
        text: `$(question) ${t('Planward: unknown')}`,
        tone: 'dimmed',
        label: t('Planward: {0}', why),
        command: 'planward.showLog',
      };
    case 'live':
      return presentLive(voice, connection, taste, now, only);
    default:
      connection.state satisfies never;
      throw new Error('not a state');
  }
}

function presentLive(
  voice: Voice,
  { snapshot }: RelayConnection,
  taste: MeterTaste,
  now: number,
  only: AccountView | undefined,
): MeterView {
  const { t } = voice;
  const account = only ?? chooseAccount(snapshot?.accounts ?? [], now);
  if (snapshot === undefined || account === undefined) {
    const label = t('Planward: the relay is running and waits for the first request of an agent.');
    return { text: '$(pulse) Planward', tone: 'normal', label, command: 'planward.showPlanUsage' };
  }
  const shown =
    presentStop(voice, snapshot, account) ??
    presentGuarded(voice, snapshot, account, presentAccount(voice, account, taste, now), now) ??
    presentQueue(voice, snapshot, account, presentAccount(voice, account, taste, now));
  // An entry of one provider counts what waits for that one.
  const agents = snapshot.agents.filter(({ providerId }) => only === undefined || providerId === only.providerId);
  const own = { ...snapshot, agents };
  const held = heldAgents(own).reduce((sum, agent) => sum + agent.held, 0);
  if (held === 0) return shown;
  const label = [shown.label, t('{0}.', sayHeld(voice, own) ?? '')].join(' ');
  return { ...shown, text: `${shown.text} $(debug-pause) ${held}`, label };
}

function presentStop(voice: Voice, snapshot: Snapshot, account: AccountView): MeterView | undefined {
  const stop = stopOf(snapshot, account);
  if (stop === undefined) return undefined;
  const { t } = voice;
  const code = plainText(stop.code, 24);
  return {
    text: `$(error) ${t('{0} stopped ({1})', plainText(account.shortName, 20), code)}`,
    tone: 'error',
    label: t('{0}: all traffic is stopped after error {1}. Press to read more or to lift it.', namePlan(account), code),
    command: 'planward.liftStop',
  };
}

/** While the user's own guard stands before requests, that is what matters; a lifted one only in the hover. */
function presentGuarded(
  voice: Voice,
  snapshot: Snapshot,
  account: AccountView,
  shown: MeterView,
  now: number,
): MeterView | undefined {
  const guard = guardOf(snapshot, account);
  if (guard === undefined || guard.lifted) return undefined;
  const { t } = voice;
  const short = plainText(account.shortName, 20);
  const until = guard.untilAt === undefined ? undefined : formatInstant(voice, guard.untilAt, now);
  const held = guard.held === 0 ? '' : ` $(debug-pause) ${guard.held}`;
  return {
    text: `$(watch) ${until === undefined ? t('{0} on hold', short) : t('{0} on hold until {1}', short, until)}${held}`,
    tone: 'warning',
    label: [shown.label, t('{0}. Press to let requests go on.', sayGuard(voice, account, guard, now))].join(' '),
    command: 'planward.liftGuard',
  };
}

/** The queue takes the place of the figure while somebody waits; the label says both. */
function presentQueue(voice: Voice, snapshot: Snapshot, account: AccountView, shown: MeterView): MeterView {
  const queue = queueOf(snapshot, account);
  if (queue === undefined) {
    if (!isPaced(snapshot, account.providerId)) return shown;
    const slowed = [shown.label, voice.t('Slowed down: requests wait in line when need be.')].join(' ');
    return { ...shown, text: `${shown.text} $(list-ordered)`, label: slowed };
  }
  const label = [shown.label, voice.t('{0}.', sayQueue(voice, queue))].join(' ');
  if (queue.waiting === 0) return { ...shown, label };
  const short = plainText(account.shortName, 20);
  return { ...shown, text: `$(sync~spin) ${short} ${drawQueue(voice, queue)}`, label };
}
