// Writes what the registry says into package.json, package.nls.json and docs/settings.md, and the pages of error codes. With
// --check it only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'oxfmt';
import * as z from 'zod';
import type { Plan } from '../src/core/plan.ts';
import { providers } from '../src/providers/list.ts';
import { COLOURS, SECTIONS, SETTINGS } from '../src/extension/registry/settings.ts';
import { COMMANDS, ROW_COMMANDS } from '../src/extension/registry/commands.ts';
import { TRANSCRIPT_LANGUAGE } from '../src/extension/registry/languages.ts';
import { CONTAINER, VIEWS } from '../src/extension/registry/views.ts';
import type { CommandEntry } from '../src/extension/registry/commands.ts';
import type { SettingEntry } from '../src/extension/registry/setting-entry.ts';
import type { ViewEntry } from '../src/extension/registry/views.ts';
import { WALKTHROUGH } from '../src/extension/registry/walkthrough.ts';
import { tools } from '../src/tools/list.ts';
import { ERROR_PAGES, errorPages } from './error-pages.ts';

const ROOT = dirname(import.meta.dirname);
const text = new Map<string, string>();

/** Puts an English text into package.nls.json and gives its place holder. */
function say(key: string, english: string): string {
  text.set(key, english);
  return `%${key}%`;
}

function commands(): object[] {
  return COMMANDS.map((command: CommandEntry) => ({
    command: command.id,
    title: say(`command.${command.id}.title`, command.title),
    category: 'Planward',
    ...(command.icon === undefined ? {} : { icon: `$(${command.icon})` }),
  }));
}

/** Known provider ids, and plan ids where a setting wants those: what the settings editor offers. Others may be typed. */
function offers({ offer, schema }: SettingEntry): object {
  if (offer === undefined) return {};
  const any = schema['additionalProperties'] as object;
  const offered = providers.filter(({ plans }) => offer === 'providers' || plans.length > 0);
  const value = (plans: readonly Plan[]) =>
    offer === 'providers' ? {} : { enum: plans.map(({ id }) => id), enumDescriptions: plans.map(({ name }) => name) };
  return {
    properties: Object.fromEntries(
      offered.map(({ id, name, plans }) => [id, { ...any, description: name, ...value(plans) }]),
    ),
  };
}

function setting(entry: SettingEntry, order: number): object {
  const key = `setting.planward.${entry.key}`;
  return {
    ...entry.schema,
    ...offers(entry),
    ...(entry.choices === undefined
      ? {}
      : {
          enum: entry.choices.map(({ value }) => value),
          markdownEnumDescriptions: entry.choices.map(({ value, description }) => say(`${key}.${value}`, description)),
        }),
    default: entry.default,
    scope: entry.scope,
    order,
    markdownDescription: say(`${key}.description`, entry.description),
  };
}

function configuration(): object[] {
  return Object.entries(SECTIONS).map(([section, title]) => ({
    id: `planward.${section}`,
    title: say(`section.${section}.title`, title),
    properties: Object.fromEntries(
      SETTINGS.filter((entry) => entry.section === section).map((entry, i) => [
        `planward.${entry.key}`,
        setting(entry, i),
      ]),
    ),
  }));
}

function walkthrough(): object {
  const { id, title, description, steps } = WALKTHROUGH;
  const key = `walkthrough.${id}`;
  return {
    id,
    title: say(`${key}.title`, title),
    description: say(`${key}.description`, description),
    steps: steps.map((step) => ({
      id: step.id,
      title: say(`${key}.${step.id}.title`, step.title),
      description: say(`${key}.${step.id}.description`, step.description),
      media: { svg: step.picture, altText: say(`${key}.${step.id}.alt`, step.alt) },
      completionEvents: step.done,
    })),
  };
}

/** VS Code reads a tool's input by JSON Schema, without the dialect's address. */
function inputSchema(input: z.ZodObject): object {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' });
  return schema;
}

function contributes(): object {
  const views: readonly ViewEntry[] = VIEWS;
  return {
    commands: commands(),
    menus: {
      commandPalette: (COMMANDS as readonly CommandEntry[]).flatMap(({ id, when }) =>
        when === undefined ? [] : [{ command: id, when }],
      ),
      'view/title': views.flatMap(({ id, title }) =>
        title.map((command, i) => ({ command, when: `view == ${id}`, group: `navigation@${i + 1}` })),
      ),
      // Twice each: as a button on the row for the mouse, and in the row's context menu for the keyboard.
      'view/item/context': ROW_COMMANDS.flatMap(({ command, view, rows, place }, i) => {
        const when = `view == ${view} && viewItem =~ /${rows}/`;
        const menu = { command, when, group: `1_planward@${i + 1}` };
        return place === 'menu' ? [menu] : [{ command, when, group: `inline@${i + 1}` }, menu];
      }),
    },
    keybindings: (COMMANDS as readonly CommandEntry[]).flatMap(({ id, key }) =>
      key === undefined ? [] : [{ command: id, ...key }],
    ),
    configuration: configuration(),
    // Transcripts: long lines are wrapped under what they belong to.
    languages: [{ id: TRANSCRIPT_LANGUAGE, aliases: ['Planward Transcript'] }],
    configurationDefaults: {
      [`[${TRANSCRIPT_LANGUAGE}]`]: {
        'editor.wordWrap': 'on',
        'editor.wrappingIndent': 'same',
        'editor.guides.indentation': false,
        'editor.lineNumbers': 'off',
      },
    },
    jsonValidation: [
      { fileMatch: ['**/.planward/policies/*.json', '*.policy-pack.json'], url: './schemas/policy-pack.schema.json' },
    ],
    viewsContainers: {
      activitybar: [{ id: CONTAINER.id, title: say('container.title', CONTAINER.title), icon: CONTAINER.icon }],
    },
    views: {
      [CONTAINER.id]: views.map(({ id, name, icon }) => ({ id, name: say(`view.${id}.name`, name), icon })),
    },
    viewsWelcome: views.flatMap(({ id, welcome }) =>
      welcome.map(({ when, text: contents }, i) => ({
        view: id,
        contents: say(`view.${id}.welcome.${i}`, contents),
        when,
      })),
    ),
    walkthroughs: [walkthrough()],
    languageModelTools: tools.map(({ name, title, says, description, input }) => ({
      name: `planward_${name}`,
      toolReferenceName: `planward_${name}`,
      displayName: say(`tool.${name}.title`, title),
      userDescription: say(`tool.${name}.says`, says),
      modelDescription: description,
      canBeReferencedInPrompt: true,
      icon: '$(pulse)',
      tags: ['planward'],
      inputSchema: inputSchema(input),
    })),
    colors: COLOURS.map(({ id, description, defaults }) => ({
      id,
      description: say(`colour.${id}`, description),
      defaults,
    })),
  };
}

function manifest(): string {
  const now = JSON.parse(read('package.json')) as Record<string, unknown>;
  text.set(
    'description',
    'See how much of your coding plan is used, whether it will last, and what every rate-limit error really means.',
  );
  const face = {
    displayName: 'Planward',
    description: '%description%',
    publisher: 'planward',
    icon: 'media/icon.png',
    galleryBanner: { color: '#12202b', theme: 'dark' },
    categories: ['AI', 'Visualization', 'Other'],
    keywords: ['quota', 'rate limit', 'coding plan', 'usage', 'relay'],
    main: './dist/extension.cjs',
    l10n: './l10n',
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true },
    contributes: contributes(),
  };
  return JSON.stringify({ ...now, ...face }, undefined, 2);
}

function settingsPage(): string {
  const entries = (section: string) => {
    const listed = SETTINGS.filter((entry) => entry.section === section);
    return listed.flatMap((entry) => [
      `### \`planward.${entry.key}\``,
      '',
      `Default \`${JSON.stringify(entry.default)}\`, scope ${entry.scope}. ${entry.description}`,
      '',
      ...(entry.choices === undefined
        ? []
        : [...entry.choices.map(({ value, description }) => `- \`${value}\`: ${description}`), '']),
    ]);
  };
  return [
    '# Settings',
    '',
    'Generated from `src/extension/registry/settings.ts` by `node scripts/generate.ts`; edit there.',
    '',
    'Scope `machine`: one value for every window on this machine, since one relay serves them all; a workspace cannot change it.',
    '',
    ...Object.entries(SECTIONS).flatMap(([section, title]) => [`## ${title}`, '', ...entries(section)]),
  ].join('\n');
}

function read(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return '';
  }
}

/** File name -> text, as they should be. */
async function wanted(): Promise<Map<string, string>> {
  const options = JSON.parse(read('.oxfmtrc.json')) as Record<string, unknown>;
  const raw: [string, string][] = [
    ['package.json', manifest()],
    ['docs/settings.md', settingsPage()],
    ...errorPages().map(([path, markdown]): [string, string] => [path, markdown]),
  ];
  raw.push([
    'package.nls.json',
    JSON.stringify(Object.fromEntries([...text].toSorted(([a], [b]) => a.localeCompare(b))), undefined, 2),
  ]);
  const files = new Map<string, string>();
  for (const [path, content] of raw) files.set(path, (await format(path, content, options)).code);
  return files;
}

/** Pages of codes that are in no catalogue any more. */
function leftOver(files: ReadonlyMap<string, string>): readonly string[] {
  const folder = join(ROOT, ERROR_PAGES);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => `${ERROR_PAGES}/${name}`)
    .filter((path) => !files.has(path));
}

const files = await wanted();
const stale = [...files].filter(([path, content]) => read(path) !== content);
const spare = leftOver(files);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: run node scripts/generate.ts`);
  for (const path of spare) console.error(`${path} belongs to no code: run node scripts/generate.ts`);
  process.exitCode = stale.length + spare.length === 0 ? 0 : 1;
} else {
  for (const [path, content] of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), content);
    console.log(`wrote ${path}`);
  }
  for (const path of spare) {
    rmSync(join(ROOT, path));
    console.log(`removed ${path}`);
  }
}
