// Bundles the three programs: node esbuild.mjs [--watch] [--minify]
import { readFileSync } from 'node:fs';
import { build, context } from 'esbuild';

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
  { ...common, entryPoints: ['src/relay/main.ts'], outfile: 'dist/relay.cjs' },
  { ...common, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.cjs', banner: { js: '#!/usr/bin/env node' } },
];
for (const program of programs) {
  if (process.argv.includes('--watch')) await (await context(program)).watch();
  else await build(program);
}
