import { describe, expect, test } from 'vitest';
import { errorPage, type ErrorCatalogue } from '../../src/core/error-code.ts';
import { causes } from '../../src/explain/causes/list.ts';
import { explainIncident } from '../../src/explain/explain-incident.ts';
import { generalCatalogue } from '../../src/explain/general-codes.ts';
import { readFailure } from '../../src/explain/read-failure.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { providers } from '../../src/providers/list.ts';
import { isWhole, textsIn } from './texts.ts';

const catalogues: readonly ErrorCatalogue[] = [...errorCatalogues, generalCatalogue];
const all = catalogues.flatMap((catalogue) =>
  catalogue.codes.map((code) => [`${catalogue.id} ${code.code}`, catalogue, code] as const),
);
const causeIds = causes.map(({ id }) => id);

const GLM_CODES = [
  [500, 500],
  [1000, 1005],
  [1100, 1100],
  [1110, 1113],
  [1120, 1121],
  [1200, 1200],
  [1210, 1215],
  [1220, 1222],
  [1230, 1231],
  [1234, 1234],
  [1261, 1261],
  [1300, 1305],
  [1308, 1321],
  [3012, 3012],
].flatMap(([from, to]) => range(from!, to!));

describe('the catalogues', () => {
  test('hold every code of GLM that is known, and no other', () => {
    const glm = errorCatalogues.find(({ id }) => id === 'glm');
    expect(glm?.codes.map(({ code }) => code).toSorted()).toEqual(GLM_CODES.toSorted());
  });

  test('speak for every provider that Planward routes to', () => {
    const spoken = errorCatalogues.flatMap(({ providerIds }) => providerIds);
    expect(providers.map(({ id }) => id).filter((id) => !spoken.includes(id))).toEqual([]);
    expect(new Set(spoken).size).toBe(spoken.length);
  });

  test('give each code a page of its own', () => {
    const pages = all.map(([, catalogue, code]) => errorPage(catalogue, code));
    expect(new Set(pages).size).toBe(pages.length);
  });

  test.each(catalogues.map((catalogue) => [catalogue.id, catalogue] as const))(
    '%s names each code once',
    (_id, { codes }) => {
      const names = codes.flatMap(({ code, aliases = [] }) => [code, ...aliases].map((name) => name.toLowerCase()));
      expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    },
  );

  test.each(all)('%s is written in both languages, dated and sourced', (_name, _catalogue, code) => {
    expect(textsIn(code).filter(([, text]) => !isWhole(text))).toEqual([]);
    expect(code.sources.length).toBeGreaterThan(0);
    for (const { url, readOn } of code.sources) {
      expect(url).toMatch(/^https:\/\//);
      expect(readOn).toMatch(/^2026-\d\d-\d\d$/);
    }
  });

  test.each(all)('%s leads to causes that exist', (_name, _catalogue, code) => {
    const named = [...Object.keys(code.starts ?? {}), ...(code.states === undefined ? [] : [code.states])];
    expect(named.filter((id) => !causeIds.includes(id))).toEqual([]);
    const considered = causes.filter(({ id, starts }) => named.includes(id) || starts[code.class] !== undefined);
    expect(considered.length).toBeGreaterThan(0);
  });

  test.each(all)('%s is told by its own signs, among all codes of its vendor', (_name, catalogue, code) => {
    const deps = { readError: readErrorBody, catalogues };
    for (const { says, type, statuses } of code.signs ?? []) {
      const body = JSON.stringify({ error: { message: says ?? 'words', ...(type === undefined ? {} : { type }) } });
      const known = { providerId: catalogue.providerIds[0], status: statuses?.[0] ?? code.statuses[0] };
      const failure = readFailure(body, deps, known);
      expect(explainIncident(failure, {}, catalogues).code, `${type} ${says}`).toBe(code.code);
    }
  });
});

describe('the causes', () => {
  test('have ids, names and remedies of their own, in both languages', () => {
    expect(new Set(causeIds).size).toBe(causeIds.length);
    expect(textsIn(causes).filter(([, text]) => !isWhole(text))).toEqual([]);
    expect(causes.filter(({ remedies }) => remedies.length === 0)).toEqual([]);
  });

  test('are each reached by some code', () => {
    const reached = new Set(
      all.flatMap(([, , code]) => [
        ...Object.keys(code.starts ?? {}),
        code.states,
        ...causes.filter(({ starts }) => starts[code.class] !== undefined).map(({ id }) => id),
      ]),
    );
    reached.add('not-known');
    expect(causeIds.filter((id) => !reached.has(id))).toEqual([]);
  });
});

function range(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
}
