import type { Places } from '../core/connection.ts';

/** The value of a variable; undefined where it is unset or empty. */
export function variable({ env }: Places, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}

/** `~/.config`, or where XDG_CONFIG_HOME says. */
export function xdgConfig(places: Places): string {
  return variable(places, 'XDG_CONFIG_HOME') ?? `${places.userHome}/.config`;
}
