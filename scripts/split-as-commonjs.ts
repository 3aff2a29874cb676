import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { transform, type Metafile, type OutputFile, type Plugin, type TransformOptions } from 'esbuild';

/** A part up to this size is no file of its own: each costs a millisecond to open, and compresses badly alone. */
const SMALL_BYTES = 30_000;
/** `import.meta.url`, where a module asks for it. */
const OWN_URL = "const ownUrl = require('node:url').pathToFileURL(__filename).href;";

/** Programs that people or other programs start with whatever Node they have. */
const STARTED_BY_HAND = ['cli.cjs', 'demo.cjs', 'mcp.cjs'];
/** As src/client needs it; an older one would show a stack of its own. */
const NODE_AT_HAND =
  'const [major, minor] = process.versions.node.split(".").map(Number);' +
  'if (major < 22 || (major === 22 && minor < 15)) {' +
  'console.error("Planward needs Node 22.15 or later; this is Node " + process.versions.node + ".");process.exit(1)}';

/** Program (name in `dist`) or source that is imported later -> shelf of the small parts it is the first to need. */
export type Shelves = readonly (readonly [root: string, shelf: string])[];

/**
 * esbuild splits ES modules only, and VS Code, Electron's Node and our own `__dirname` want CommonJS: so what it split is turned
 * into that, file by file. Small parts are put on shelves: `part-<shelf>.cjs` holds each as a function that runs when it is
 * first asked for; those that no root names go on the shelf `rest`. Parts of an earlier build go.
 */
export function splitAsCommonJs(dist: string, minify: boolean, shelves: Shelves): Plugin {
  const asCommonJs: TransformOptions = {
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    minify,
    // `import()` becomes `require()` a moment later: only that is given VS Code's API.
    supported: { 'dynamic-import': false },
  };

  async function write(files: readonly OutputFile[], outputs: Metafile['outputs']): Promise<void> {
    const shelfOf = arrange(outputs, shelves);
    const filled = new Map<string, string[]>();
    const written = new Set<string>();
    for (const { path, text } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      const name = basename(path);
      const banner = [
        STARTED_BY_HAND.includes(name) ? `{${NODE_AT_HAND}}` : '',
        text.includes('ownUrl') ? OWN_URL : '',
      ].join('');
      const { code } = await transform(text, { ...asCommonJs, banner });
      const linked = code.replaceAll(/require\("\.\/(part-\w+\.cjs)"\)/g, (whole, part: string) => {
        const shelf = shelfOf.get(part);
        return shelf === undefined ? whole : `require("./part-${shelf}.cjs")("${part}")`;
      });
      const shelf = shelfOf.get(name);
      if (shelf === undefined) {
        writeFileSync(path, linked);
        written.add(name);
      } else filled.set(shelf, [...(filled.get(shelf) ?? []), `"${name}"(module,exports){${linked}}`]);
    }
    for (const [shelf, parts] of filled) {
      const name = `part-${shelf}.cjs`;
      writeFileSync(join(dist, name), shelfProgram(parts));
      written.add(name);
    }
    for (const name of readdirSync(dist)) {
      if (/^part-.*\.cjs$/.test(name) && !written.has(name)) rmSync(join(dist, name));
    }
  }

  return {
    name: 'split as CommonJS',
    setup: ({ onEnd }) =>
      onEnd(async ({ outputFiles = [], errors, metafile }) => {
        if (errors.length === 0) await write(outputFiles, metafile?.outputs ?? {});
      }),
  };
}

function shelfProgram(parts: readonly string[]): string {
  return `const made={},parts={${parts.join(',')}};module.exports=name=>{if(!made[name]){const module=made[name]={exports:{}};parts[name](module,module.exports)}return made[name].exports};\n`;
}

/** Small part -> its shelf: that of the first root whose static imports lead to it. */
function arrange(outputs: Metafile['outputs'], shelves: Shelves): ReadonlyMap<string, string> {
  const byName = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));
  const rootNamed = (root: string): string | undefined =>
    [...byName].find(([name, { entryPoint }]) => name === root || entryPoint === root)?.[0];
  const shelfOf = new Map<string, string>();
  const isSmall = (name: string): boolean => name.startsWith('part-') && byName.get(name)!.bytes <= SMALL_BYTES;
  for (const [root, shelf] of shelves) {
    const start = rootNamed(root);
    if (start === undefined) throw new Error(`${root} is no program and nothing that is imported later`);
    const seen = new Set<string>();
    const walk = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      if (isSmall(name) && !shelfOf.has(name)) shelfOf.set(name, shelf);
      for (const { path, kind, external } of byName.get(name)?.imports ?? []) {
        if (kind === 'import-statement' && external !== true) walk(basename(path));
      }
    };
    walk(start);
  }
  for (const name of byName.keys()) if (isSmall(name) && !shelfOf.has(name)) shelfOf.set(name, 'rest');
  return shelfOf;
}
