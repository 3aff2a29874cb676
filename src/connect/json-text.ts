import { applyEdits, modify, parse, printParseErrorCode, type FormattingOptions, type ParseError } from 'jsonc-parser';
import type { TextFormat } from './config-text.ts';
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
    const options = formatting(text, eol);
    return applyEdits(
      text,
      modify(text, [...path], value, options === undefined ? {} : { formattingOptions: options }),
    );
  },
};

export function eolOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The indentation of the first indented line; undefined for a text on one line, where nothing should be broken up. */
function formatting(text: string, eol: string): FormattingOptions | undefined {
  if (!text.trim().includes('\n')) return undefined;
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol };
}
