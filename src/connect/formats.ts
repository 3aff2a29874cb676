import type { ConfigFormat } from '../core/connection.ts';
import { jsonText } from './json-text.ts';
import { json5Text } from './json5-text.ts';
import type { TextFormat } from './text-format.ts';
import { tomlText } from './toml-text.ts';
import { yamlText } from './yaml-text.ts';

/** Who reads and changes which format. In the extension and the command line `formats-beside.ts` stands in its place. */
export const FORMATS: Readonly<Record<ConfigFormat, () => TextFormat>> = {
  json: () => jsonText,
  jsonc: () => jsonText,
  json5: () => json5Text,
  yaml: () => yamlText,
  toml: () => tomlText,
};
