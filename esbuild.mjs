// Bundles the three programs: node esbuild.mjs [--watch] [--minify]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';
import { packModel } from './src/hook/model-file.ts';
import { weights } from './src/scope/model/weights.ts';
import { decodeTables } from './src/scope/text-model.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const common = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // jsonc-parser's UMD main requires its parts at run time; its module build can be bundled.
  mainFields: ['module', 'main'],
  sourcemap: true,
  minify: process.argv.includes('--minify'),
  logLevel: 'warning',
  define: { PLANWARD_VERSION: JSON.stringify(version) },
};
const programs = [
  { ...common, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.cjs', external: ['vscode'] },
  { ...common, entryPoints: ['src/extension/uninstall.ts'], outfile: 'dist/uninstall.cjs' },
  {
    ...common,
    entryPoints: ['src/dashboard/main.ts'],
    outfile: 'dist/dashboard.js',
    platform: 'browser',
    format: 'iife',
    target: ['chrome134', 'es2024'],
  },
  { ...common, entryPoints: ['src/dashboard/dashboard.css'], outfile: 'dist/dashboard.css', platform: 'browser' },
  { ...common, entryPoints: ['src/relay/main.ts'], outfile: 'dist/relay.cjs' },
  { ...common, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.cjs', banner: { js: '#!/usr/bin/env node' } },
  // It starts for one prompt that waits: always small.
  { ...common, entryPoints: ['src/hook/main.ts'], outfile: 'dist/hook.cjs', minify: true, sourcemap: false },
  { ...common, entryPoints: ['src/hook/alone.ts'], outfile: 'dist/hook-alone.cjs', minify: true, sourcemap: false },
  {
    ...common,
    entryPoints: ['src/statusline/main.ts'],
    outfile: 'dist/statusline.cjs',
    minify: true,
    sourcemap: false,
  },
  { ...common, entryPoints: ['src/mcp/main.ts'], outfile: 'dist/mcp.cjs' },
];
mkdirSync(new URL('dist', import.meta.url), { recursive: true });
writeFileSync(new URL('dist/hook-model.bin', import.meta.url), packModel(weights, decodeTables(weights)));
for (const program of programs) {
  if (process.argv.includes('--watch')) await (await context(program)).watch();
  else await build(program);
}
