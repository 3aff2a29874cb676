import type { FlagGrouping } from './present/group-flags.ts';
import { presentActivity } from './present/activity-nodes.ts';
import { presentAgents } from './present/agent-nodes.ts';
import { presentIncidents } from './present/incident-nodes.ts';
import { presentHolds, presentModeNodes } from './present/mode-nodes.ts';
import { presentPlans } from './present/plan-nodes.ts';
import { presentViolations } from './present/violation-nodes.ts';
import type { Machine } from './machine.ts';
import type { VIEWS } from './registry/views.ts';
import { readTaste } from './settings.ts';
import { ofSnapshot, type Present } from './surfaces/tree-view.ts';

export type ViewId = (typeof VIEWS)[number]['id'];

/** What each view of the sidebar shows. */
export function treesOf(machine: Machine, grouping: { current(): FlagGrouping }): Readonly<Record<ViewId, Present>> {
  return {
    'planward.plans': ofSnapshot((said, snapshot, now) => presentPlans(said, snapshot, now, readTaste().showRemaining)),
    'planward.agents': (said, connection, now) => presentAgents(said, connection, machine.states(), now),
    'planward.violations': ofSnapshot((said, snapshot, now) => [
      ...presentHolds(said, snapshot),
      ...presentViolations(said, snapshot, now, grouping.current()),
      ...presentModeNodes(said, snapshot),
    ]),
    'planward.incidents': ofSnapshot(presentIncidents),
    'planward.activity': ofSnapshot(presentActivity),
  };
}
