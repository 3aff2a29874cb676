import type { Memento } from 'vscode';
import { GROUPINGS, type FlagGrouping } from './present/group-flags.ts';

/** How the *Violations* view groups, the same in every window of this user. */
export interface Grouping {
  current(): FlagGrouping;
  choose(by: FlagGrouping): Promise<void>;
}

const KEY = 'violations.grouping';

export function openGrouping(memory: Memento): Grouping {
  return {
    current() {
      const kept = memory.get<string>(KEY);
      return GROUPINGS.find((by) => by === kept) ?? 'rule';
    },
    choose: async (by) => await memory.update(KEY, by),
  };
}
