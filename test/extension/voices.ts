import { readStrings } from './strings.ts';
import type { Translate, Voice } from '../../src/extension/present/voice.ts';

/** Fills places as `vscode.l10n.t` does. */
export const plain: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (place, index: string) => String(args[Number(index)] ?? place));

export const english: Voice = { t: plain, locale: 'en', timeZone: 'UTC' };

const bundle = readStrings('l10n/bundle.l10n.zh-cn.json');
export const chinese: Voice = {
  t: (message, ...args) => plain(bundle[message] ?? message, ...args),
  locale: 'zh-cn',
  timeZone: 'Asia/Shanghai',
};
