import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/places.ts';
import { COMMANDS, type CommandId } from '../../src/extension/registry/commands.ts';
import { VIEWS } from '../../src/extension/registry/views.ts';

export type ViewId = (typeof VIEWS)[number]['id'];

/** What VS Code calls our commands and views in the language of a run. */
export interface Words {
  titleOf(id: CommandId): string;
  nameOf(id: ViewId): string;
  /** Name of the command VS Code itself makes to focus a view; it stays English where a language pack leaves it so. */
  focusTitleOf(id: ViewId): string;
  /** The command a text in the palette stands for: its whole title, or the beginning of one. */
  commandTitled(text: string): CommandId | undefined;
}

export function readWords(locale?: string): Words {
  const file = locale === undefined ? 'package.nls.json' : `package.nls.${locale}.json`;
  const words = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, string>;
  const word = (key: string): string => {
    const found = words[key];
    if (found === undefined) throw new Error(`${file} has no ${key}`);
    return found;
  };
  const titleOf = (id: CommandId): string => word(`command.${id}.title`);
  const nameOf = (id: ViewId): string => word(`view.${id}.name`);
  return {
    titleOf,
    nameOf,
    focusTitleOf: (id) => `Planward: Focus on ${nameOf(id)} View`,
    commandTitled(text) {
      const title = /^Planward: (.+)/.exec(text)?.[1];
      if (title === undefined) return undefined;
      const ids = COMMANDS.map(({ id }) => id);
      return ids.find((id) => titleOf(id) === title) ?? ids.find((id) => titleOf(id).startsWith(title));
    },
  };
}
