import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = dirname(dirname(import.meta.dirname));
const LOCKS = ['package-lock.json', 'test/vscode/host/package-lock.json'];

/** Tracked files with their text; binary ones are left out. */
function trackedTexts(): readonly { readonly path: string; readonly text: string }[] {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 16_000_000 });
  return listed
    .split('\0')
    .filter((path) => path !== '' && !LOCKS.includes(path) && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

describe('what the clone promises of every machine', () => {
  test('tests run on Node 24 or newer, whatever node is on PATH', () => {
    expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24);
  });

  test.each(LOCKS)('%s names no download address, so any registry serves it', (lock) => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, lock), 'utf8')) as {
      packages: Record<string, { integrity?: string; resolved?: string; link?: boolean }>;
    };
    const entries = Object.entries(packages).filter(([path]) => path !== '');
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(entries.filter(([, entry]) => entry.integrity === undefined && !entry.link).map(([path]) => path)).toEqual(
      [],
    );
  });

  test.each(LOCKS)('%s holds every optional package it speaks of, without which npm ci refuses it', (lock) => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, lock), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !lockHas(packages, path, name))
        .map((name) => `${path || 'the project'} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('the types of VS Code are those of the oldest one the manifest allows', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      engines: { vscode: string };
      devDependencies: Record<string, string>;
    };
    expect(`^${manifest.devDependencies['@types/vscode']}`).toBe(manifest.engines.vscode);
  });

  test('every development dependency is pinned to one version', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(Object.entries(devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('no tracked file names a registry host or a folder of one machine', () => {
    const registry = new RegExp(
      ['registry', 'npmjs', 'org'].join('\\.') + '|_authToken|//[a-z.-]*(artifactory|verdaccio)',
    );
    const folder = new RegExp(`(^|["'\`(= ])/(work|root|farm)/[a-z_.]+`, 'm');
    const found = trackedTexts().filter(
      ({ path, text }) => path !== 'test/house/machine.test.ts' && (registry.test(text) || folder.test(text)),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

/** Whether a package at `from` finds `name` as Node would: in its own node_modules, else in those above it. */
function lockHas(packages: Readonly<Record<string, unknown>>, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}
