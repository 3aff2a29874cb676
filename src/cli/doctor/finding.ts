import type { Places } from '../../core/connection.ts';
import type { CommandIo } from '../command.ts';

/** What one look at the machine found. */
export interface Finding {
  /** Stable: `relay`, `agent:cline`. */
  readonly id: string;
  /** `fail`: agents cannot work; `warn`: they might not; `info`: nothing to do; `skipped`: not looked at. */
  readonly status: 'ok' | 'info' | 'warn' | 'fail' | 'skipped';
  /** One plain sentence. */
  readonly says: string;
  /** What to do; absent where nothing need be done. */
  readonly fix?: string;
}

/** What the checks look at. */
export interface Patient {
  readonly io: CommandIo;
  readonly places: Places;
  readonly home: string;
  readonly online: boolean;
}

/** One part of the doctor's round. Never throws for what a machine can be like. */
export type Check = (patient: Patient) => Promise<readonly Finding[]>;
