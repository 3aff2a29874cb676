import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/places.ts';

const SOURCES = 'test/vscode/host-suite';
const OUT = join(ROOT, 'dist-test');

/** Bundles the in-host suite to CommonJS, one file a test, and gives the path of its entry. */
export async function buildHostSuite(): Promise<string> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [`${SOURCES}/index.ts`, ...globSync(`${SOURCES}/*.test.ts`, { cwd: ROOT })],
    outdir: OUT,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    // jsonc-parser's UMD form cannot be bundled.
    mainFields: ['module', 'main'],
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(OUT, 'index.cjs');
}
