import { readFileSync } from 'node:fs';
import { readRelayUrl } from '../agents/relay-url.ts';
import type { Agent } from '../core/agent.ts';
import type { Places } from '../core/connection.ts';

const START_FILES = [
  '.profile',
  '.bash_profile',
  '.bash_login',
  '.bashrc',
  '.zshenv',
  '.zprofile',
  '.zshrc',
  '.zlogin',
  '.config/fish/config.fish',
  '.env',
];

/** A relay's address in a file that shells or agents read at their start. */
export interface ShellAddress {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly url: string;
  readonly port: number;
}

/** Relay addresses left in shells' start files, commented lines excepted. Never throws. */
export function findShellAddresses(agents: readonly Agent[], places: Places): readonly ShellAddress[] {
  const own = agents.flatMap(({ connection }) => connection?.environmentFiles?.(places) ?? []);
  const files = [...START_FILES.map((name) => `${places.userHome}/${name}`), ...own];
  return files.flatMap((file) =>
    linesOf(file).flatMap((line, index) => {
      if (/^\s*#/.test(line)) return [];
      return [...line.matchAll(/http:\/\/[^\s'"`;]+/g)].flatMap(([url]) => {
        const relay = readRelayUrl(url);
        return relay === undefined ? [] : [{ file, line: index + 1, url, port: relay.port }];
      });
    }),
  );
}

/** True for a line that does nothing but give one variable a value, in a POSIX shell, fish or a file of variables. */
export function isAssignment(line: string): boolean {
  return /^\s*(?:export\s+)?[A-Za-z_]\w*=(?:"[^"`$]*"|'[^']*'|[^\s"'`;&|$]*)\s*;?\s*(?:#.*)?$|^\s*set\s+(?:-\w+\s+)+[A-Za-z_]\w*\s+\S+\s*$/.test(
    line,
  );
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
