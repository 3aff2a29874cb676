import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every file under a folder: its path -> mode and hash, or where a link leads. */
export type Tree = ReadonlyMap<string, string>;

export function readTree(folder: string, under = ''): Tree {
  const tree = new Map<string, string>();
  for (const name of readdirSync(join(folder, under))) {
    const path = under === '' ? name : `${under}/${name}`;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) for (const [inside, what] of readTree(folder, path)) tree.set(inside, what);
    else if (stat.isSymbolicLink()) tree.set(path, `-> ${readlinkSync(join(folder, path))}`);
    else if (stat.isFile()) tree.set(path, `${(stat.mode & 0o777).toString(8)} ${hashOf(join(folder, path))}`);
  }
  return tree;
}

/** What of `before` is changed or gone; files that are new are not looked at. */
export function changedIn(before: Tree, after: Tree): readonly string[] {
  return [...before].flatMap(([path, what]) => (after.get(path) === what ? [] : [path]));
}

/** Files that hold a text, logs and session records excepted: those say what was, not what will be. */
export function filesNaming(folder: string, text: string): readonly string[] {
  const records =
    /\.(?:log|jsonl|sqlite|sqlite-wal|db|db-wal)$|\/(?:logs?|sessions?|transcripts?|debug|shell-snapshots)\//i;
  const files = [...readTree(folder)].filter(([path, what]) => !what.startsWith('->') && !records.test(path));
  return files.map(([path]) => path).filter((path) => readFileSync(join(folder, path), 'latin1').includes(text));
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
