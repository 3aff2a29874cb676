import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';
import { importsOf, sourceFiles } from './source-files.ts';

test('no files of src need each other in a circle, not even for a type', () => {
  const files = sourceFiles();
  const known = new Set(files.map(({ path }) => path));
  const imports = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => join(dirname(file.path), specifier))
        .filter((path) => known.has(path)),
    ]),
  );
  expect([...imports.values()].flat().length).toBeGreaterThan(files.length);
  expect(circlesIn(imports)).toEqual([]);
});

test('a circle is found whatever lies before it', () => {
  const imports = { a: ['b'], b: ['c', 'd'], c: [], d: ['e'], e: ['b'] };
  expect(circlesIn(new Map(Object.entries(imports)))).toEqual(['b > d > e > b']);
});

/** Each circle once, as the way from one of its files back to it. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const from = way.indexOf(path);
    if (from >= 0) circles.push([...way.slice(from), path].join(' > '));
    if (from >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return circles;
}
