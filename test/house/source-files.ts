import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));

export interface SourceFile {
  /** `src/relay/main.ts` */
  readonly path: string;
  /** `relay`; empty for a file that stands in `src/` itself. */
  readonly room: string;
  readonly text: string;
  /** The text with comments blanked out, line numbers kept. */
  readonly code: string;
}

/** Every TypeScript file of `src/`. */
export function sourceFiles(): readonly SourceFile[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: ROOT })
    .map((found) => found.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      const parts = path.split('/');
      return { path, room: parts.length > 2 ? parts[1]! : '', text, code: withoutComments(text) };
    });
}

export interface ImportLine {
  /** As written: `node:fs`, `../core/usage.ts`. */
  readonly specifier: string;
  /** Room of a relative import, undefined for a package. */
  readonly room: string | undefined;
  readonly path: string;
  readonly line: number;
}

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;

/** Static, type-only, side-effect and dynamic imports, and `require`. */
export function importsOf(file: SourceFile): readonly ImportLine[] {
  return [...file.code.matchAll(IMPORT)].map((match) => {
    const specifier = match[2]!;
    const line = file.code.slice(0, match.index).split('\n').length;
    return { specifier, room: roomOf(file.path, specifier), path: file.path, line };
  });
}

function roomOf(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = posix.normalize(posix.join(posix.dirname(from), specifier));
  const parts = target.split('/');
  return parts[0] === 'src' && parts.length > 2 ? parts[1]! : `outside src (${target})`;
}

/** Blanks comments and leaves strings, templates and line breaks alone. A regular expression that holds a quote may confuse it. */
export function withoutComments(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(token, (found) => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found));
}
