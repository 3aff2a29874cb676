import jju from 'jju';
import type { TextFormat } from './text-format.ts';
import { eolOf, jsonText } from './json-text.ts';
import { withValue } from './key-path.ts';

/** JSON5. Most of these files are plain JSON, which the JSON editor keeps best; bare keys and single quotes are for jju. */
export const json5Text: TextFormat = {
  parse(text) {
    if (text.trim() === '') return undefined;
    return isJson(text) ? jsonText.parse(text) : (jju.parse(text) as unknown);
  },
  edit(text, path, value) {
    if (text.trim() === '' || isJson(text)) return jsonText.edit(text, path, value);
    const after = jju.update(text, withValue(jju.parse(text), path, value), { mode: 'json5' });
    return eolOf(text) === '\r\n' ? after.replaceAll(/\r?\n/g, '\r\n') : after;
  },
};

function isJson(text: string): boolean {
  try {
    jsonText.parse(text);
    return true;
  } catch {
    return false;
  }
}
