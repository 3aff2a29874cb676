import type { Agent } from '../core/agent.ts';
import type { KeyPath } from '../core/connection.ts';
import { valueAt } from './key-path.ts';

const PROXY = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;
const OURS = ['127.0.0.1', 'localhost'] as const;

export interface ProxyObstacle {
  /** Names of the proxy variables that are set. */
  readonly variables: readonly string[];
  /** What NO_PROXY should be, all that is in it kept. */
  readonly noProxy: string;
}

/**
 * Whether a proxy variable would catch traffic to this machine: every agent asks the proxy even for 127.0.0.1 unless
 * NO_PROXY names it (seen with seven of them, 2026-11). Upper case and lower case names count alike; undefined where
 * nothing is in the way.
 */
export function proxyObstacle(env: Readonly<Record<string, string | undefined>>): ProxyObstacle | undefined {
  const variables = PROXY.flatMap((name) => [name, name.toLowerCase()]).filter((name) => (env[name] ?? '') !== '');
  if (variables.length === 0) return undefined;
  const given = env['NO_PROXY'] ?? env['no_proxy'] ?? '';
  const named = given.split(/[\s,]+/).filter((host) => host !== '');
  const missing = named.includes('*') ? [] : OURS.filter((host) => !named.includes(host));
  return missing.length === 0 ? undefined : { variables, noProxy: [...named, ...missing].join(',') };
}

/** The change that puts NO_PROXY into an agent's own file; undefined where its file has no place for it or needs none. */
export function noProxyChange(
  { connection }: Agent,
  config: unknown,
  env: Readonly<Record<string, string | undefined>>,
): { readonly path: KeyPath; readonly label: string; readonly providerId: string; readonly value: string } | undefined {
  const key = connection?.environmentKey;
  if (key === undefined) return undefined;
  const own = valueAt(config, key);
  const obstacle = proxyObstacle({ ...env, ...(typeof own === 'object' ? (own as Record<string, string>) : {}) });
  if (obstacle === undefined) return undefined;
  return { path: [...key, 'NO_PROXY'], label: 'NO_PROXY', providerId: '', value: obstacle.noProxy };
}
