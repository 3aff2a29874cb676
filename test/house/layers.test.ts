import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles, withoutComments, type SourceFile } from './source-files.ts';

interface Room {
  readonly rooms: readonly string[];
  /** Packages it may import; Node's own stand here with their prefix. */
  readonly packages: RegExp | undefined;
}

const PURE: Room = { rooms: ['core'], packages: undefined };
const NODE = /^node:/;

/** docs/architecture.md holds the same table in words. A room may always import from itself. */
const ROOMS: Readonly<Record<string, Room>> = {
  core: { rooms: [], packages: undefined },
  quota: { rooms: ['core'], packages: /^(date-fns|@date-fns\/tz)$/ },
  scope: PURE,
  explain: PURE,
  providers: PURE,
  agents: PURE,
  policies: PURE,
  protocol: { rooms: ['core'], packages: /^zod$/ },
  ledger: { rooms: ['core'], packages: /^node:(sqlite|fs|fs\/promises|path)$/ },
  transcripts: { rooms: ['core'], packages: /^node:(crypto|fs|path)$/ },
  client: { rooms: ['core', 'protocol'], packages: /^(node:.*|eventsource-parser)$/ },
  packs: { rooms: ['core', 'protocol'], packages: /^node:(fs|os|path)$/ },
  connect: {
    rooms: ['core', 'protocol', 'agents'],
    packages: /^(node:.*|zod|jsonc-parser|jju|yaml|diff|@decimalturn\/toml-patch)$/,
  },
  relay: {
    rooms: [
      'core',
      'quota',
      'scope',
      'explain',
      'providers',
      'agents',
      'policies',
      'ledger',
      'packs',
      'protocol',
      'transcripts',
    ],
    packages: /^(node:.*|eventsource-parser(\/.*)?|proxy-from-env|ulid|zod)$/,
  },
  extension: {
    rooms: [
      'core',
      'protocol',
      'client',
      'connect',
      'tools',
      'agents',
      'packs',
      'scope',
      'policies',
      'explain',
      'providers',
    ],
    packages: /^(node:.*|vscode|zod)$/,
  },
  dashboard: { rooms: ['core', 'protocol'], packages: undefined },
  tools: {
    rooms: ['core', 'protocol', 'client', 'scope', 'policies', 'explain', 'providers'],
    packages: /^(node:.*|zod)$/,
  },
  otel: { rooms: ['core', 'protocol'], packages: /^(node:worker_threads|@opentelemetry\/.*)$/ },
  mcp: { rooms: ['core', 'protocol', 'tools'], packages: /^(node:.*|@modelcontextprotocol\/server(\/stdio)?)$/ },
  statusline: { rooms: ['core', 'protocol', 'client', 'agents', 'ledger'], packages: NODE },
  hook: { rooms: ['core', 'protocol', 'client', 'agents', 'packs', 'scope', 'policies'], packages: NODE },
  cli: {
    rooms: [
      'core',
      'protocol',
      'client',
      'connect',
      'hook',
      'statusline',
      'agents',
      'packs',
      'scope',
      'policies',
      'explain',
      'providers',
    ],
    packages: NODE,
  },
};

/** They know no machine: see tsconfig.pure.json, which takes Node's types away from them as well. */
const PURE_ROOMS = ['core', 'quota', 'scope', 'explain', 'providers', 'agents', 'policies'];

/** Programs are put together here; no other room imports them. */
const COMPOSITION_ROOTS = ['relay', 'extension', 'dashboard', 'cli', 'mcp', 'otel'];

/** Rooms where vendors and coding agents have names. */
const NAMING_ROOMS = ['providers', 'agents', 'policies'];
const NAMES =
  /\b(z\.?ai|bigmodel|glm|anthropic|claude|openai|codex|gemini|kimi|moonshot|minimax|alibaba|openrouter|deepseek|cline|kilo|openclaw|roo)\b/i;
/** Wire formats are named after those who made them, and are shared by vendors. */
const DIALECT_IDS = /'(anthropic-messages|openai-chat|openai-responses|gemini)'/g;

const IMPURE =
  /\b(Date\.now|Math\.random|process\.[a-z]|console\.[a-z]+\(|performance\.now|setTimeout|setInterval|new Date\(\))/;

const files = sourceFiles();

describe('the rooms of src', () => {
  test('every file stands in a room of the table', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => ROOMS[file.room] === undefined).map((file) => file.path)).toEqual([]);
  });

  test.each(Object.keys(ROOMS))('%s imports only what the table allows', (room) => {
    expect(files.filter((file) => file.room === room).flatMap(strangeImports)).toEqual([]);
  });

  test('the table lets no room import a program', () => {
    const targets = Object.entries(ROOMS).flatMap(([room, { rooms }]) => rooms.map((target) => ({ room, target })));
    expect(targets.filter(({ target }) => COMPOSITION_ROOTS.includes(target))).toEqual([]);
  });

  test('pure rooms ask no clock, no chance and no process', () => {
    const found = files.filter((file) => PURE_ROOMS.includes(file.room)).flatMap((file) => linesWith(file, IMPURE));
    expect(found).toEqual([]);
  });

  test('vendors and agents have names only where they are described', () => {
    const found = files
      .filter((file) => !NAMING_ROOMS.includes(file.room))
      .flatMap((file) => linesWith({ ...file, code: file.code.replace(DIALECT_IDS, "''") }, NAMES));
    expect(found).toEqual([]);
  });

  test('no file is longer than 400 lines', () => {
    const long = files.filter((file) => file.text.split('\n').length > 401);
    expect(long.map((file) => `${file.path}: ${file.text.split('\n').length}`)).toEqual([]);
  });
});

describe('the reading of source files', () => {
  const read = (code: string) =>
    importsOf({ path: 'src/core/a.ts', room: 'core', text: code, code: withoutComments(code) });

  test('finds static, type, side-effect, dynamic and required imports', () => {
    const code = [
      "import { a } from 'node:fs';",
      "import type { B } from '../quota/b.ts';",
      "import 'vscode';",
      "export { c } from './c.ts';",
      "const d = await import('zod');",
      "const e = require('ulid');",
    ].join('\n');
    expect(read(code).map(({ specifier, room, line }) => [specifier, room, line])).toEqual([
      ['node:fs', undefined, 1],
      ['../quota/b.ts', 'quota', 2],
      ['vscode', undefined, 3],
      ['./c.ts', 'core', 4],
      ['zod', undefined, 5],
      ['ulid', undefined, 6],
    ]);
  });

  test('passes over comments and keeps addresses in strings', () => {
    expect(
      read("/* import 'a'; */\n// import 'b';\nconst url = 'https://c'; import 'd';").map((i) => i.specifier),
    ).toEqual(['d']);
  });

  test('tells a path that leaves src', () => {
    expect(read("import '../../scripts/places.ts';")[0]?.room).toBe('outside src (scripts/places.ts)');
  });
});

function strangeImports(file: SourceFile): readonly string[] {
  const room = ROOMS[file.room]!;
  return importsOf(file)
    .filter((line) => {
      if (line.room !== undefined) return line.room !== file.room && !room.rooms.includes(line.room);
      return room.packages?.test(line.specifier) !== true;
    })
    .map((line) => `${line.path}:${line.line} ${line.specifier}`);
}

function linesWith(file: SourceFile, pattern: RegExp): readonly string[] {
  return file.code
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1} ${line.trim()}`] : []));
}
