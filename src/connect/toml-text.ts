import { parse, patch } from '@decimalturn/toml-patch';
import type { TextFormat } from './text-format.ts';
import { eolOf } from './json-text.ts';
import { withValue } from './key-path.ts';

/** TOML 1.0; comments, order and spacing stay. */
export const tomlText: TextFormat = {
  parse: (text) => parse(text) as unknown,
  edit(text, path, value) {
    const after = patch(text, withValue(parse(text), path, value));
    return after === '' || after.endsWith('\n') ? after : `${after}${eolOf(text)}`;
  },
};
