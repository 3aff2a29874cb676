import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agents } from '../../src/agents/list.ts';

const PAGES = join(import.meta.dirname, '../../docs/agents');

test('every agent has a page, and every page an agent', () => {
  const pages = readdirSync(PAGES).filter((name) => name !== 'README.md');
  expect(pages.toSorted()).toEqual(agents.map(({ id }) => `${id}.md`).toSorted());
});

test.each(agents.map((agent) => [agent.id, agent] as const))('the page of %s says what the code says', (id, agent) => {
  const page = readFileSync(join(PAGES, `${id}.md`), 'utf8');
  const { connection } = agent;
  expect(page.startsWith(`# ${agent.name}\n`)).toBe(true);
  for (const cost of connection?.costs ?? []) expect(page).toContain(cost.en);
  expect(page).toContain(connection?.restart.en);
  expect(page).toContain(`/@${id}/`);
  const [file] = connection?.files({ env: {}, userHome: '~', platform: 'linux' }).slice(-1) ?? [];
  if (file !== undefined) expect(page).toContain(file.path.split('/').at(-1));
});
