import type { QuotaWindow } from '../core/quota-window.ts';
import type { AccountView, Snapshot } from '../core/snapshot.ts';

/** Prometheus text exposition format, version 0.0.4. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string | undefined>>;
/** A sample whose value is not known is left out, never 0. */
type Sample = readonly [labels: Labels, value: number | undefined];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly Sample[];
}

/**
 * A Snapshot as Prometheus reads it. Times are in seconds since epoch, shares from 0 to 1. Labels are ids and salted keys:
 * no credential, no path, no name a user gave. A family without a known sample is left out.
 */
export function writeMetrics(snapshot: Snapshot): string {
  return families(snapshot).map(writeFamily).join('');
}

function families(snapshot: Snapshot): readonly Family[] {
  const { relay, accounts, agents } = snapshot;
  const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name: `planward_${name}`,
    help,
    type: 'gauge',
    samples,
  });
  const perWindow = (name: string, help: string, value: (window: QuotaWindow) => number | undefined): Family =>
    gauge(
      `window_${name}`,
      help,
      accounts.flatMap((account) => account.windows.map((each): Sample => [windowLabels(account, each), value(each)])),
    );
  return [
    gauge('relay_info', 'The relay that answers.', [[{ version: relay.version }, 1]]),
    gauge('relay_start_time_seconds', 'When the relay started.', [[{}, relay.startedAt / 1000]]),
    gauge('exchanges', 'Exchanges the ledger keeps.', [[{}, snapshot.exchanges]]),
    gauge('in_flight', 'Requests under way.', [[{}, snapshot.inFlight]]),
    perWindow('used_ratio', 'Share of a plan window that is used.', ({ usedFraction }) => usedFraction),
    perWindow('used', 'Use of a plan window in its own unit.', ({ used }) => used),
    perWindow('limit', 'Size of a plan window in its own unit.', ({ limit }) => limit),
    perWindow('reset_time_seconds', 'When a plan window resets.', ({ resetsAt }) => seconds(resetsAt)),
    perWindow('read_time_seconds', 'When its figure was read last from its source.', ({ seenAt }) => seconds(seenAt)),
    gauge(
      'account_in_flight',
      'Requests under way of an account.',
      accounts.map((account) => [accountLabels(account), account.inFlight]),
    ),
    gauge(
      'account_policy_stops',
      'Refusals by which a provider said that its terms were not kept.',
      accounts.map((account) => [accountLabels(account), account.strikes?.confirmed]),
    ),
    gauge(
      'agent_requests',
      'Requests seen of an agent.',
      agents.map(({ agentId, providerId, requests }) => [{ agent: agentId, provider: providerId }, requests]),
    ),
    gauge(
      'pacer_waiting',
      'Requests that wait in a queue.',
      snapshot.paced.map(({ providerId, accountKey, model, waiting }) => [
        { provider: providerId, account: accountKey, model },
        waiting,
      ]),
    ),
    gauge('holds', 'Turns that wait for the word of the user.', [[{}, snapshot.holds?.length]]),
    gauge('open_flags', 'Open flags that are listed, 50 at most.', [[{}, snapshot.flags.length]]),
    gauge('recent_incidents', 'Incidents that are listed, 20 at most.', [[{}, snapshot.incidents.length]]),
  ];
}

function accountLabels({ providerId, accountKey }: AccountView): Labels {
  return { provider: providerId, account: accountKey };
}

function windowLabels(account: AccountView, window: QuotaWindow): Labels {
  return {
    ...accountLabels(account),
    plan: account.planId,
    window: window.id,
    unit: window.unit,
    model: window.model,
  };
}

function writeFamily({ name, help, type, samples }: Family): string {
  const known = samples.filter(([, value]) => value !== undefined && Number.isFinite(value));
  if (known.length === 0) return '';
  const lines = known.map(([labels, value]) => `${name}${writeLabels(labels)} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

function writeLabels(labels: Labels): string {
  const written = Object.entries(labels).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${escape(value)}"`],
  );
  return written.length === 0 ? '' : `{${written.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function seconds(at: number | undefined): number | undefined {
  return at === undefined ? undefined : at / 1000;
}
