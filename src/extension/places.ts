import { homedir } from 'node:os';
import type { Places } from '../core/connection.ts';

/** Where this user's agents keep their files, on the machine the extension runs on. */
export function placesHere(): Places {
  const platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
  return { env: process.env, userHome: homedir().replace(/[/\\]+$/, ''), platform };
}
