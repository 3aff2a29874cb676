import type { Places } from '../../core/connection.ts';

/** What the service runs. */
export interface ServiceProgram {
  readonly runtime: string;
  /** A copy in the home: installations move. */
  readonly script: string;
  readonly home: string;
  readonly port: number;
}

/** A command of the system, with its words. */
export type SystemCommand = readonly [program: string, ...args: readonly string[]];

/** How one system starts a program at login. Pure: text and commands. */
export interface ServiceKind {
  readonly name: string;
  file(places: Places, home: string): string;
  write(program: ServiceProgram): string;
  readonly encoding: 'utf8' | 'utf16le';
  start(file: string): readonly SystemCommand[];
  stop(file: string): readonly SystemCommand[];
  status(file: string): SystemCommand;
}
