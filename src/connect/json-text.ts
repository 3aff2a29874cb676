import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parse,
  parseTree,
  printParseErrorCode,
  type FormattingOptions,
  type ParseError,
} from 'jsonc-parser';
import type { KeyPath } from '../core/connection.ts';
import type { TextFormat } from './text-format.ts';
import { withValue } from './key-path.ts';

/** JSON with comments and trailing commas. */
export const jsonText: TextFormat = {
  parse(text) {
    if (text.trim() === '') return undefined;
    const errors: ParseError[] = [];
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (error !== undefined) {
      const line = text.slice(0, error.offset).split('\n').length;
      throw new Error(`line ${line}: ${printParseErrorCode(error.error)}`);
    }
    return value;
  },
  edit(text, path, value) {
    const eol = eolOf(text);
    if (text.trim() === '') {
      return `${JSON.stringify(withValue({}, path, value), undefined, 2).replaceAll('\n', eol)}${eol}`;
    }
    const without = value === undefined ? withoutLastItem(text, path) : undefined;
    if (without !== undefined) return without;
    const options = formatting(text, path, eol);
    return applyEdits(
      text,
      modify(text, [...path], value, options === undefined ? {} : { formattingOptions: options }),
    );
  },
};

/**
 * The text without the last of several items of a list; undefined where the path leads elsewhere. Comments stay. The library
 * cuts one character short there where the list stands on one line (jsonc-parser 3.3.1).
 */
function withoutLastItem(text: string, path: KeyPath): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root === undefined ? undefined : findNodeAtLocation(root, path.slice(0, -1));
  const items = list?.type === 'array' ? (list.children ?? []) : [];
  const [before, last] = items.slice(-2);
  if (last === undefined || before === undefined || path.at(-1) !== items.length - 1) return undefined;
  const from = before.offset + before.length;
  const between = text.slice(from, last.offset);
  const after = text.slice(last.offset + last.length);
  const trailing = /^\s*,/.exec(after)?.[0];
  const kept = trailing === undefined ? between.replace(/^((?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*),/, '$1') : between;
  return text.slice(0, from) + (kept.includes('/') ? kept : kept.trimEnd()) + after.slice(trailing?.length ?? 0);
}

export function eolOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/**
 * The indentation of the first indented line; undefined where the object that is changed stands on one line and holds
 * something, since nothing should be broken up.
 */
function formatting(text: string, path: KeyPath, eol: string): FormattingOptions | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined || !text.trim().includes('\n')) return undefined;
  let parent = root;
  for (let depth = 1; depth < path.length; depth++) {
    parent = findNodeAtLocation(root, path.slice(0, depth)) ?? parent;
  }
  const written = text.slice(parent.offset, parent.offset + parent.length);
  if (!written.includes('\n') && (parent.children?.length ?? 0) > 0) return undefined;
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol };
}
