// node scripts/rule-pages.ts [--check]: docs/rules/*.md from the policy packs, and the JSON schema of user packs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'oxfmt';
import * as z from 'zod';
import { packs } from '../src/policies/list.ts';
import { rulePage, rulePagePath } from '../src/policies/rule-page.ts';
import { policyPackSchema } from '../src/protocol/policy-pack-schema.ts';
import { ROOT } from './places.ts';

const SCHEMA = 'schemas/policy-pack.schema.json';

/** Path -> text of every file made from the packs. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const options = JSON.parse(readFileSync(join(ROOT, '.oxfmtrc.json'), 'utf8')) as Record<string, unknown>;
  const raw: [string, string][] = packs.flatMap((pack) =>
    pack.rules.map((rule): [string, string] => [rulePagePath(pack.id, rule.id), rulePage(pack, rule)]),
  );
  const schema = z.toJSONSchema(policyPackSchema, { io: 'input' });
  raw.push([SCHEMA, JSON.stringify({ ...schema, title: 'Planward policy pack' }, undefined, 2)]);
  const files = new Map<string, string>();
  for (const [path, text] of raw) files.set(path, (await format(path, text, options)).code);
  return files;
}

/** Those whose text on disk is another, or none. */
export async function stalePages(): Promise<readonly string[]> {
  return [...(await rulePages())].filter(([path, text]) => onDisk(path) !== text).map(([path]) => path);
}

function onDisk(path: string): string | undefined {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const stale = await stalePages();
  const pages = await rulePages();
  for (const path of stale) {
    if (process.argv.includes('--check')) {
      console.error(`${path} is stale: run node scripts/rule-pages.ts`);
      process.exitCode = 1;
      continue;
    }
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), pages.get(path)!);
    console.log(`wrote ${path}`);
  }
}
