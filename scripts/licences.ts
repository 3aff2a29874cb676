import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences we may bundle: they ask for their text beside the program and for nothing else. */
const WELCOME = new Set(['MIT', 'ISC', 'Apache-2.0', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0']);

interface Entry {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/**
 * The licences of every package whose code esbuild put into a program, as one text, by name. `inputs`: paths as its metafiles
 * give them, relative to `root`. Throws where a package names none, one that we may not bundle, or brings no text of it.
 */
export function bundledLicences(root: string, inputs: readonly string[]): string {
  const folders = new Set(
    inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.slice(0, 1) ?? []),
  );
  const entries = [...folders]
    .map((folder) => readEntry(join(root, folder)))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return [
    'Planward’s programs hold code of these packages, each under the licence that follows its name.\n',
    `${entries.map(({ name, version, license }) => `- ${name} ${version} (${license})`).join('\n')}\n`,
    ...[...Map.groupBy(entries, ({ text }) => text)].map(([text, under]) => {
      const names = under.map(({ name, version }) => `${name} ${version}`).join('\n');
      return `${'='.repeat(80)}\n${names}\n\n${text}\n`;
    }),
  ].join('\n');
}

function readEntry(folder: string): Entry {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Omit<
    Entry,
    'text'
  >;
  if (!WELCOME.has(license)) throw new Error(`${name} is under ${license}: that may not be bundled unseen`);
  const file = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(each));
  if (file === undefined) throw new Error(`${name} brings no text of its licence`);
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() };
}
