import type { KeyPath } from '../core/connection.ts';

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** How many of the path's objects and lists are there: `path.length` where the value itself is. */
export function depthOf(root: unknown, path: KeyPath): number {
  let depth = 0;
  while (depth < path.length && valueAt(root, path.slice(0, depth + 1)) !== undefined) depth++;
  return depth;
}

/**
 * A deep copy with the value put there; `undefined` takes the key or the item of a list away. Where nothing is, a number makes
 * a list and a name an object. Throws where the path leads through neither.
 */
export function withValue(root: unknown, path: KeyPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root) || (root === undefined && typeof key === 'number')) {
    const list = [...((root ?? []) as unknown[])];
    const next = withValue(list[Number(key)], rest, value);
    if (next === undefined) list.splice(Number(key), 1);
    else list[Number(key)] = next;
    return list;
  }
  if (root !== undefined && (typeof root !== 'object' || root === null)) throw new Error(`${key} stands in no object`);
  const copy: Record<string, unknown> = { ...(root as Record<string, unknown> | undefined) };
  const next = withValue(copy[String(key)], rest, value);
  if (next === undefined) delete copy[String(key)];
  else copy[String(key)] = next;
  return copy;
}
