import type { CommandIo } from './command.ts';

/** One plain sentence and where to look; gives the exit code for bad usage. */
export function misuse(io: CommandIo, message: string): number {
  io.err(`${message} See "planward help".`);
  return 2;
}
