import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/places.ts';

/** Texts of ours that are short or plain names would be found in anything. */
const TELLING = /[a-z]{3,}.*\b[a-z]{2,}/;
/** Three words in a row that are not names: a sentence, or a piece of one. */
const SENTENCE = /\b[A-Za-z][a-z’']+(?: [a-z][a-z’']+){2,}/;

/**
 * What of `shown` is still English, line by line: texts of ours that the bundle or the manifest translates, and anything that reads like an
 * English sentence though no bundle knows it. Lines that `foreign` matches are not ours: VS Code's own, quotes of a provider.
 */
export function englishLeft(shown: string, foreign: RegExp): readonly string[] {
  const lines = shown
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !foreign.test(line));
  return lines.filter((line) => SENTENCE.test(line) || ours().some((text) => text.test(line)));
}

let patterns: readonly RegExp[] | undefined;

function ours(): readonly RegExp[] {
  patterns ??= ['l10n/bundle.l10n.zh-cn.json', 'package.nls.json']
    .map((file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, string>)
    .flatMap((words, index) => (index === 0 ? Object.keys(words) : Object.values(words)))
    .filter((text) => TELLING.test(text.replaceAll(/\{\d\}/g, '')))
    .map((text) => new RegExp(`^${text.replaceAll(/[\\^$.*+?()[\]|]/g, '\\$&').replaceAll(/\{\d\}/g, '.+')}$`));
  return patterns;
}
