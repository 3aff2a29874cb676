import type { Snapshot } from '../../core/snapshot.ts';
import { namePlan } from './name-plan.ts';
import { nameWindow } from './quota-words.ts';
import { sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';

export interface PinPick {
  readonly label: string;
  readonly description: string;
  readonly picked: boolean;
  /** `zai/week` */
  readonly pin: string;
}

/** One row per provider and window; those that are pinned, by provider or for all of them, are ticked. */
export function presentPinPicks(
  voice: Voice,
  snapshot: Snapshot | undefined,
  pinned: readonly string[],
  now: number,
): readonly PinPick[] {
  const rows = new Map<string, PinPick>();
  for (const account of snapshot?.accounts ?? []) {
    for (const window of account.windows) {
      const pin = `${account.providerId}/${window.id}`;
      if (rows.has(pin)) continue;
      const label = `${namePlan(account)}: ${nameWindow(voice, window)}`;
      const picked = pinned.includes(pin) || pinned.includes(window.id);
      rows.set(pin, { label, description: sayUse(voice, window, now), picked, pin });
    }
  }
  return [...rows.values()];
}

/** The setting after a choice: pins that had no row stay as they are. */
export function readPins(
  pinned: readonly string[],
  rows: readonly PinPick[],
  chosen: readonly PinPick[],
): readonly string[] {
  const covered = (pin: string) => rows.some((row) => row.pin === pin || row.pin.endsWith(`/${pin}`));
  return [...pinned.filter((pin) => !covered(pin)), ...chosen.map(({ pin }) => pin)];
}
