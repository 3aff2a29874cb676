import type { Places } from '../core/connection.ts';
import type { CommandIo } from './command.ts';

/** Where this user's agents keep their files. */
export function placesOf(io: CommandIo): Places {
  const platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
  return { env: io.env, userHome: io.userHome.replace(/[/\\]+$/, ''), platform };
}
