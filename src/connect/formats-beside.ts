import { createRequire } from 'node:module';
import type { ConfigFormat } from '../core/connection.ts';
import { jsonText } from './json-text.ts';
import type { TextFormat } from './text-format.ts';

const load = createRequire(import.meta.url);

/**
 * `formats.ts` as it is bundled: parsers that few agents need, 300 KB, are files beside the program and are loaded with the
 * first text in their format. Node keeps what it loaded.
 */
export const FORMATS: Readonly<Record<ConfigFormat, () => TextFormat>> = {
  json: () => jsonText,
  jsonc: () => jsonText,
  json5: () => (load('./format-json5.cjs') as typeof import('./json5-text.ts')).json5Text,
  yaml: () => (load('./format-yaml.cjs') as typeof import('./yaml-text.ts')).yamlText,
  toml: () => (load('./format-toml.cjs') as typeof import('./toml-text.ts')).tomlText,
};
