import type { StoppedKey } from '../../core/snapshot.ts';
import type { DossierMeasures } from './dossier-input.ts';

/** What of the relay's settings a dossier tells; absent where they could not be read. */
export interface MeasuresSettings {
  readonly pacedProviders: readonly string[];
  readonly guards: Readonly<Record<string, unknown>>;
  readonly modes: Readonly<Record<string, string>>;
  readonly pausedAgents: readonly string[];
}

/** What is done now about an account's traffic, for its dossier. */
export function measuresOf(
  account: { readonly providerId: string; readonly accountKey: string },
  stopped: readonly StoppedKey[],
  settings: MeasuresSettings | undefined,
  agentName: (agentId: string) => string,
): DossierMeasures {
  const { providerId, accountKey } = account;
  const stop = stopped.find((each) => each.providerId === providerId && each.accountKey === accountKey);
  return {
    stoppedSince: stop?.since,
    ...(settings === undefined
      ? {}
      : {
          paced: settings.pacedProviders.includes(providerId),
          guarded: settings.guards[providerId] !== undefined,
          blocksOffScope: settings.modes[providerId] === 'block',
          pausedAgents: settings.pausedAgents.map(agentName),
        }),
  };
}
