import type { TurnKind } from '../agents/turn-kind.ts';
import type { BurnKind } from '../core/usage.ts';

const KINDS: Readonly<Record<TurnKind, BurnKind>> = {
  'user-turn': 'main',
  'tool-result': 'main',
  heartbeat: 'main',
  cron: 'main',
  retry: 'main',
  'sub-agent': 'sub-agent',
  title: 'overhead',
  compaction: 'overhead',
  classifier: 'overhead',
  prewarm: 'overhead',
};

/** What a turn's tokens are counted under; undefined where it is not known what the turn was for. */
export function burnKindOf(turn: TurnKind | undefined): BurnKind | undefined {
  return turn === undefined ? undefined : KINDS[turn];
}
