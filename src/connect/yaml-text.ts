import { isMap, isScalar, parseDocument, type Document, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { TextFormat } from './text-format.ts';
import { eolOf } from './json-text.ts';

/**
 * YAML. The library tells where a value stands; the text is changed there and nowhere else, since writing a document
 * anew would change spacing, quotes and line breaks. Values behind an alias, in block style or with an anchor are refused.
 */
export const yamlText: TextFormat = {
  parse: (text) => document(text).toJS() as unknown,
  edit(text, path, value) {
    if (value !== undefined && typeof value !== 'string') throw new Error('only texts can be put into this file');
    const doc = document(text);
    const key = String(path.at(-1));
    const map = doc.getIn(path.slice(0, -1), true);
    if (!isMap(map) || map.items.length === 0) throw new Error(`${key} has no place in this file`);
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (value === undefined) return pair === undefined ? text : removePair(text, map, pair);
    return pair === undefined ? insertPair(text, map, key, value) : replaceValue(text, pair, value);
  },
};

function document(text: string): Document {
  const doc = parseDocument(text);
  const [error] = doc.errors;
  if (error !== undefined) throw error;
  return doc;
}

function replaceValue(text: string, { value: node }: Pair, value: string): string {
  if (!isScalar(node) || node.anchor !== undefined) throw new Error('the value is no plain text');
  const [start, end] = rangeOf(node);
  switch (node.type) {
    case 'QUOTE_SINGLE':
      return `${text.slice(0, start)}'${value.replaceAll("'", "''")}'${text.slice(end)}`;
    case 'QUOTE_DOUBLE':
      return text.slice(0, start) + JSON.stringify(value) + text.slice(end);
    case 'PLAIN':
      return `${text.slice(0, start)}${start === end ? ' ' : ''}${written(value)}${text.slice(end)}`;
    default:
      throw new Error('the value is written as a block');
  }
}

function insertPair(text: string, map: YAMLMap, key: string, value: string): string {
  if (map.flow === true) {
    const [, end] = rangeOf((map.items.at(-1)!.value ?? map.items.at(-1)!.key) as Scalar);
    return `${text.slice(0, end)}, ${key}: ${written(value)}${text.slice(end)}`;
  }
  // Behind the first entry that stands on one line: what follows it belongs to nobody else.
  const before = map.items.find(({ value: node }) => isScalar(node) && !text.slice(...rangeOf(node)).includes('\n'));
  if (before === undefined) throw new Error(`${key} has no place in this file`);
  const eol = eolOf(text);
  const [, valueEnd] = rangeOf(before.value as Scalar);
  const lineEnd = endOfLine(text, valueEnd);
  const line = `${' '.repeat(columnOf(text, rangeOf(map.items[0]!.key as Scalar)[0]))}${key}: ${written(value)}`;
  return `${text.slice(0, lineEnd)}${eol}${line}${text.slice(lineEnd)}`;
}

function removePair(text: string, map: YAMLMap, pair: Pair): string {
  const [keyStart] = rangeOf(pair.key as Scalar);
  const [, valueEnd] = rangeOf(pair.value as Scalar);
  if (map.flow === true) {
    const index = map.items.indexOf(pair);
    const from =
      index === 0 ? keyStart : rangeOf((map.items[index - 1]!.value ?? map.items[index - 1]!.key) as Scalar)[1];
    return text.slice(0, from) + text.slice(valueEnd);
  }
  const lineStart = text.lastIndexOf('\n', keyStart - 1) + 1;
  if (text.slice(lineStart, keyStart).trim() !== '') throw new Error('the key shares its line with others');
  const next = text.indexOf('\n', valueEnd);
  // A last line without a break leaves the one before it as the last.
  if (next < 0) return text.slice(0, lineStart).replace(/\r?\n$/, '');
  return text.slice(0, lineStart) + text.slice(next + 1);
}

function rangeOf(node: { range?: readonly [number, number, number] | null | undefined }): [number, number] {
  if (node.range === undefined || node.range === null) throw new Error('the place of a value is not known');
  return [node.range[0], node.range[1]];
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** A URL needs no quotes unless a blank or a comment sign stands in it. */
function written(value: string): string {
  return /^[A-Za-z][^\s#,{}[\]]*$/.test(value) && !value.endsWith(':') ? value : JSON.stringify(value);
}
