import type { TerminalRoute } from '../../agents/terminal-routes.ts';

/** One change to a new terminal's environment: `set` replaces, `append` adds to what is there. */
export interface TerminalVariable {
  readonly name: string;
  readonly how: 'set' | 'append';
  readonly value: string;
}

const LOOPBACK = '127.0.0.1,localhost';

/**
 * What new terminals get so that the agents that are switched on talk through the relay; empty where none is.
 * `chosen` gives a route's provider id, or `off`; a provider the route does not know counts as off.
 *
 * Agents honour `HTTP_PROXY` even for a loopback base URL, so loopback is added to whichever of `NO_PROXY` and
 * `no_proxy` is set, and to `NO_PROXY` where neither is. A list that names 127.0.0.1 already is left as it is.
 */
export function terminalVariables(
  routes: readonly TerminalRoute[],
  chosen: (route: TerminalRoute) => string,
  port: number,
  env: Readonly<Record<string, string | undefined>>,
): TerminalVariable[] {
  const bases = routes.flatMap((route): TerminalVariable[] => {
    const target = route.targets.find(({ providerId }) => providerId === chosen(route));
    if (target === undefined) return [];
    return [{ name: route.variable, how: 'set', value: `http://127.0.0.1:${port}/@${route.agentId}/${target.path}` }];
  });
  return bases.length === 0 ? [] : [...bases, ...proxyExceptions(env)];
}

function proxyExceptions(env: Readonly<Record<string, string | undefined>>): TerminalVariable[] {
  const given = ['NO_PROXY', 'no_proxy'].filter((name) => (env[name] ?? '') !== '');
  if (given.length === 0) return [{ name: 'NO_PROXY', how: 'set', value: LOOPBACK }];
  return given
    .filter((name) => env[name]?.includes('127.0.0.1') !== true)
    .map((name) => ({ name, how: 'append', value: `,${LOOPBACK}` }));
}
