import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import * as z from 'zod';
import { homePaths } from '../protocol/home.ts';

export type RoutedWritten = { readonly ok: true } | { readonly ok: false; readonly message: string };

const listed = z.array(z.string()).catch([]);

/**
 * Changes the list of routed agents in the settings file of a relay that does not run; a running one is asked instead.
 * All other settings stay. A file that cannot be read is left alone. Never throws.
 */
export function changeRoutedAgents(
  home: string,
  change: (agents: readonly string[]) => readonly string[],
): RoutedWritten {
  const path = homePaths(home).settings;
  const copy = `${path}.${process.pid}.${Date.now()}.tmp`;
  try {
    const settings = readSettings(path);
    if (settings === undefined) return { ok: false, message: `${path} holds no settings that could be changed` };
    const before = listed.parse(settings['routedAgents'] ?? []);
    const after = change(before);
    if (after.join('\0') === before.join('\0')) return { ok: true };
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const fd = openSync(copy, 'wx', 0o600);
    try {
      writeSync(fd, `${JSON.stringify({ ...settings, routedAgents: after }, undefined, 2)}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(copy, path);
    return { ok: true };
  } catch (error) {
    rmSync(copy, { force: true });
    return { ok: false, message: `${path} cannot be changed: ${(error as Error).message}` };
  }
}

/** The list with one agent put in. */
export function withAgent(agentId: string): (agents: readonly string[]) => readonly string[] {
  return (agents) => (agents.includes(agentId) ? agents : [...agents, agentId]);
}

export function withoutAgents(gone: readonly string[]): (agents: readonly string[]) => readonly string[] {
  return (agents) => agents.filter((agent) => !gone.includes(agent));
}

/** Undefined where the file is there and is no JSON object. */
function readSettings(path: string): Readonly<Record<string, unknown>> | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
