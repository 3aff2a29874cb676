/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  /** It colours what it prints, and takes controls out of others' text itself. */
  readonly paints?: boolean;
  /** Gives the exit code: 0 well, 1 a finding or failure, 2 bad usage. */
  run(argv: readonly string[], io: CommandIo): Promise<number>;
}

export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userHome: string;
  readonly out: (text: string) => void;
  /** One plain sentence and a hint. */
  readonly err: (text: string) => void;
}
