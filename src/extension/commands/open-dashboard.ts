import type { CommandDeps } from './command-deps.ts';

/** Shows the page of charts; the one that is open already where there is one. */
export function openDashboard({ dashboard }: CommandDeps): void {
  dashboard.open();
}
