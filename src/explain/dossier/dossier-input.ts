import type { Appeal } from '../../core/appeal.ts';
import type { Report, ReportAccount } from '../../core/report.ts';
import type { Language, Text } from '../../core/text.ts';

export interface DossierInput {
  readonly report: Report;
  readonly account: ReportAccount;
  readonly language: Language;
  /** What a code means, in a few words; undefined where no catalogue holds it. */
  readonly titleOf: (providerId: string, code: string) => Text | undefined;
  readonly agentName: (agentId: string) => string;
  readonly appeal: Appeal | undefined;
  readonly measures: DossierMeasures;
  /** Of Planward. */
  readonly version: string;
}

/** What is set in Planward for the provider now; absent is not known. */
export interface DossierMeasures {
  readonly paced?: boolean | undefined;
  /** Names of agents that are paused. */
  readonly pausedAgents?: readonly string[] | undefined;
  readonly guarded?: boolean | undefined;
  readonly blocksOffScope?: boolean | undefined;
  /** All traffic of the key is held back since then. */
  readonly stoppedSince?: number | undefined;
}
