import type { Snapshot } from '../../core/snapshot.ts';
import type { ExchangePage } from '../../core/exported-exchange.ts';
import type { Report } from '../../core/report.ts';
import type { HoldAnswer } from '../../core/scope-mode.ts';
import type { Transcript } from '../../core/transcript.ts';
import type { FlagAction, TaughtEntry, Lift } from '../../protocol/control.ts';
import type { Health } from '../../protocol/endpoint.ts';
import type { ExchangesQuery } from '../../protocol/exchanges.ts';
import type { HistoryQuery } from '../../protocol/history.ts';
import type { JudgeAsk, JudgeSays } from '../../protocol/judge-call.ts';
import type { RelaySettings, RelaySettingsPatch } from '../../protocol/relay-settings.ts';
import type { StatuslineAsk, StatuslineSays } from '../../protocol/statusline-call.ts';
import type { MadeHistory } from '../make-history.ts';
import type { Succession } from '../successor.ts';

/** What the routes ask of the relay. */
export interface ControlDeps {
  readonly token: string;
  readonly health: () => Health;
  readonly snapshot: () => Snapshot;
  readonly settings: () => RelaySettings;
  readonly patchSettings: (patch: RelaySettingsPatch) => { ok: true } | { ok: false; message: string };
  /** Undefined where the ledger cannot be read now. */
  readonly report: (since: number) => Promise<Report | undefined>;
  readonly history: (query: HistoryQuery) => Promise<MadeHistory>;
  /** Undefined where the ledger cannot be read now. */
  readonly exchanges: (query: ExchangesQuery) => Promise<ExchangePage | undefined>;
  readonly lift: (lift: Lift) => boolean;
  readonly settleFlag: (id: string, action: FlagAction, reason: string | undefined) => boolean;
  /** What was called coding, newest first. */
  readonly taught: () => readonly TaughtEntry[];
  /** How many of these were known. */
  readonly forget: (ids: readonly string[]) => number;
  readonly answerHold: (id: string, answer: HoldAnswer) => boolean;
  readonly transcript: (id: string) => Transcript | undefined;
  /** A subscriber came or went that can put a held turn to the user. */
  readonly onAsking: () => void;
  readonly judge: (asked: JudgeAsk) => JudgeSays;
  readonly statusline: (asked: StatuslineAsk) => StatuslineSays;
  readonly drain: () => void;
  /** Starts that version on the same sockets; resolves once it serves or is known not to. */
  readonly succeed: (version: string) => Promise<Succession>;
  /** A successor serves: this relay leaves the port to it. */
  readonly letGo: () => void;
  readonly onTrouble: (where: string, error: unknown) => void;
}
