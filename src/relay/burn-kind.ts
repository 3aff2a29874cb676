import type { TurnKind, TurnReading } from '../agents/turn-kind.ts';
import type { BurnKind } from '../core/usage.ts';

const KINDS: Readonly<Record<TurnKind, BurnKind>> = {
  'user-turn': 'main',
  'tool-result': 'main',
  heartbeat: 'scheduled',
  cron: 'scheduled',
  retry: 'main',
  'sub-agent': 'sub-agent',
  title: 'overhead',
  compaction: 'overhead',
  classifier: 'overhead',
  prewarm: 'overhead',
};

/**
 * What a turn's tokens are counted under; undefined where it is not known what the turn was for. The steps of a scheduled
 * turn belong to it.
 */
export function burnKindOf(turn: Pick<TurnReading, 'kind' | 'author'> | undefined): BurnKind | undefined {
  if (turn === undefined) return undefined;
  return turn.author === 'schedule' && KINDS[turn.kind] === 'main' ? 'scheduled' : KINDS[turn.kind];
}
