import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const git = (...args: string[]): readonly string[] =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);

/** Each picture a document shows, as a path from the top. */
const shown = git('ls-files', 'README.md', 'docs/*.md').flatMap((file) =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:src|srcset)="([^":]+\.png)"|!\[[^\]]*\]\(([^):]+\.png)\)/g),
  ].map(([, inHtml, inMarkdown]) => join(dirname(file), inHtml ?? inMarkdown!)),
);

test('every picture that a document shows is there, dark and light', () => {
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const other = (path: string): string =>
    path.includes('-dark.') ? path.replace('-dark.', '-light.') : path.replace('-light.', '-dark.');
  expect(shown.filter((path) => !shown.includes(other(path)))).toEqual([]);
});

test('no picture is kept that no document shows', () => {
  expect(git('ls-files', 'docs/images').filter((path) => !shown.includes(path))).toEqual([]);
});

test('every picture is published by an end-to-end scenario', () => {
  const scenarios = globSync('test/vscode/e2e/*.ts', { cwd: ROOT }).map((file) =>
    readFileSync(join(ROOT, file), 'utf8'),
  );
  const published = new Set(
    scenarios.flatMap((code) => [...code.matchAll(/shot\('([\w-]+)', \{[^;]*publish: true/g)].map(([, name]) => name!)),
  );
  expect(
    shown.map((path) => basename(path).replace(/-(dark|light)\.png$/, '')).filter((name) => !published.has(name)),
  ).toEqual([]);
});
