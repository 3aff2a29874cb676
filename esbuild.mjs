// Bundles the programs: node esbuild.mjs [--watch] [--minify]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { bundledLicences } from './scripts/licences.ts';
import { splitAsCommonJs } from './scripts/split-as-commonjs.ts';
import { packModel } from './src/hook/model-file.ts';
import { weights } from './src/scope/model/weights.ts';
import { decodeTables } from './src/scope/text-model.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const dist = join(import.meta.dirname, 'dist');
const minify = process.argv.includes('--minify');

/** The model of scope lies in `dist` once, as data, and not in each program. */
const modelBeside = {
  name: 'model beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/open-judge\.ts$/ }, () => ({ path: join(import.meta.dirname, 'src/hook/model-beside.ts') })),
};

/** Parsers of agents' files lie in `dist` one by one, and are loaded when there is such a file. */
const formatsBeside = {
  name: 'formats beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/formats\.ts$/ }, () => ({
      path: join(import.meta.dirname, 'src/connect/formats-beside.ts'),
    })),
};

/** `planward statusline` is the program that agents run, and not the same once more. */
const statuslineBeside = {
  name: 'status line beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/statusline-command\.ts$/ }, () => ({
      path: join(import.meta.dirname, 'src/cli/statusline-beside.ts'),
    })),
};

/**
 * The MCP server brings ajv for schemas that clients send it, 150 KB, and asks it nothing: our tools' input is checked by zod and we
 * ask clients for nothing. In its place stands one that says so.
 */
const withoutAjv = {
  name: 'without ajv',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /\/ajvProvider-[\w-]+\.mjs$/ }, () => ({ path: 'none', namespace: 'without-ajv' }));
    onLoad({ filter: /.*/, namespace: 'without-ajv' }, () => ({
      contents: `export class n { getValidator() { throw new Error('Planward checks no JSON schema of others.'); } }`,
    }));
  },
};

const WITHOUT = [
  'allProcessors',
  'createStandardJSONSchemaMethod',
  'createToJSONSchemaMethod',
  'extractDefs',
  'finalize',
  'initializeContext',
  'processSchema',
  'toJSONSchema',
];
/** zod can also write its schemas out as JSON Schema, 19 KB. Only the MCP server does that; the others get one that does nothing. */
const withoutJsonSchema = {
  name: 'without JSON Schema',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /\/(?:to-json-schema|json-schema-processors)\.js$/ }, () => ({
      path: 'none',
      namespace: 'without-json-schema',
    }));
    onLoad({ filter: /.*/, namespace: 'without-json-schema' }, () => ({
      contents: `export function ${WITHOUT.join('() {}\nexport function ')}() {}`,
    }));
  },
};

/** What VS Code's start waits for; what the first second needs; all else is loaded when somebody asks for it. */
const SHELVES = [
  ['extension.cjs', 'start'],
  ['src/extension/open-window.ts', 'window'],
  ['src/extension/follow-relay.ts', 'window'],
  ['src/extension/surfaces/window-surfaces.ts', 'window'],
];

const common = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // jsonc-parser's UMD main requires its parts at run time; its module build can be bundled.
  mainFields: ['module', 'main'],
  sourcemap: !minify,
  minify,
  // Names in `node_modules` are the same wherever that lies: equal sources give equal bytes.
  preserveSymlinks: true,
  metafile: true,
  logLevel: 'warning',
  define: { PLANWARD_VERSION: JSON.stringify(version) },
  plugins: [modelBeside],
};
/** They start for one prompt or one line that waits: always small, and each a file of its own that is copied into the home. */
const quick = { ...common, minify: true, sourcemap: false };
const programs = [
  {
    ...common,
    entryPoints: {
      extension: 'src/extension/extension.ts',
      uninstall: 'src/extension/uninstall.ts',
      cli: 'src/cli/main.ts',
      mcp: 'src/mcp/main.ts',
      // Simulated agents and a mock provider, a process of its own.
      demo: 'test/support/demo-program.ts',
      // Loaded by these where they are needed.
      'format-json5': 'src/connect/json5-text.ts',
      'format-toml': 'src/connect/toml-text.ts',
      'format-yaml': 'src/connect/yaml-text.ts',
      'known-plans': 'src/extension/known-plans.ts',
    },
    external: ['vscode'],
    define: { ...common.define, 'import.meta.dirname': '__dirname', 'import.meta.url': 'ownUrl' },
    format: 'esm',
    splitting: true,
    sourcemap: false,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    chunkNames: 'part-[hash]',
    write: false,
    plugins: [modelBeside, formatsBeside, statuslineBeside, withoutAjv, splitAsCommonJs(dist, minify, SHELVES)],
  },
  {
    ...common,
    entryPoints: ['src/dashboard/main.ts'],
    outfile: 'dist/dashboard.js',
    platform: 'browser',
    format: 'iife',
    target: ['chrome134', 'es2024'],
  },
  { ...common, entryPoints: ['src/dashboard/dashboard.css'], outfile: 'dist/dashboard.css', platform: 'browser' },
  {
    ...common,
    entryPoints: ['src/relay/main.ts'],
    outfile: 'dist/relay.cjs',
    plugins: [modelBeside, withoutJsonSchema],
    logOverride: { 'import-is-undefined': 'silent' },
  },
  { ...quick, entryPoints: ['src/hook/main.ts'], outfile: 'dist/hook.cjs' },
  { ...quick, entryPoints: ['src/hook/alone.ts'], outfile: 'dist/hook-alone.cjs' },
  {
    ...quick,
    entryPoints: ['src/hook/packs.ts'],
    outfile: 'dist/hook-packs.cjs',
    plugins: [modelBeside, withoutJsonSchema],
    logOverride: { 'import-is-undefined': 'silent' },
  },
  { ...quick, entryPoints: ['src/statusline/main.ts'], outfile: 'dist/statusline.cjs' },
  // Loaded only where the user named a collector.
  { ...quick, entryPoints: ['src/otel/main.ts'], outfile: 'dist/otel.cjs' },
];
mkdirSync(dist, { recursive: true });
writeFileSync(join(dist, 'scope-model.bin'), packModel(weights, decodeTables(weights)));
if (process.argv.includes('--watch')) {
  for (const program of programs) await (await context(program)).watch();
} else {
  const inputs = [];
  for (const program of programs) inputs.push(...Object.keys((await build(program)).metafile.inputs));
  writeFileSync(join(dist, 'third-party-licences.txt'), bundledLicences(import.meta.dirname, inputs));
}
