import { createRequire } from 'node:module';
import { EventEmitter } from 'vscode';
import type { Disposable, Event } from 'vscode';
import type { Snapshot } from '../core/snapshot.ts';
import type { ApiPlan } from './known-plans.ts';
import type { State } from './state.ts';

/**
 * What other extensions get from `getExtension('planward.planward').activate()`: read-only, described in
 * docs/extension-api.md. Version 1 only ever gains members; what would break its users becomes version 2.
 */
export interface PlanwardApi {
  readonly version: 1;
  /** What is known now, a copy; undefined while no relay is connected. */
  snapshot(): Snapshot | undefined;
  /** After each change of the snapshot, at most every 200 ms; undefined once the relay is gone. */
  readonly onDidChange: Event<Snapshot | undefined>;
  /** Every plan Planward knows, whether it is used here or not. */
  plans(): readonly ApiPlan[];
}

/** Its answer cannot wait, so it is loaded where it is asked. */
const load = createRequire(import.meta.url);

/** The API and what ends it. Copies are handed out, so that no other extension can change what surfaces draw. */
export function createApi(state: State): { readonly api: PlanwardApi } & Disposable {
  const changed = new EventEmitter<Snapshot | undefined>();
  const now = (): Snapshot | undefined => {
    const { state: connection, snapshot } = state.current();
    return connection === 'live' && snapshot !== undefined ? structuredClone(snapshot) : undefined;
  };
  let last: number | undefined;
  const drawing = state.draw(({ state: connection, snapshot }) => {
    const at = connection === 'live' ? snapshot?.at : undefined;
    if (at === last) return;
    last = at;
    changed.fire(now());
  });
  const api: PlanwardApi = Object.freeze({
    version: 1,
    snapshot: now,
    onDidChange: changed.event,
    plans: () => (load('./known-plans.cjs') as typeof import('./known-plans.ts')).knownPlans(),
  });
  return {
    api,
    dispose() {
      drawing.dispose();
      changed.dispose();
    },
  };
}
