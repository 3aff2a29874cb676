import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { zai } from '../../src/policies/zai.ts';
import { packFor } from '../../src/policies/list.ts';
import { readUserPacks } from '../../src/packs/user-packs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-packs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pack = (over: object = {}) => JSON.stringify({ ...zai, id: 'mine', providers: ['zai'], ...over });
function put(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe('packs a user wrote', () => {
  test('are read from the home, from named files and from named folders', () => {
    put('home/policies/a.json', pack({ id: 'a' }));
    const b = put('b.json', pack({ id: 'b' }));
    put('more/c.json', pack({ id: 'c' }));
    put('more/notes.txt', 'no pack');
    const { packs, troubles } = readUserPacks(join(folder, 'home'), [b, join(folder, 'more')]);
    expect(packs.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(troubles).toEqual([]);
    expect(packFor('zai', packs)?.id).toBe('a');
  });

  test('a broken one is told with its file and line or field and what to do, and the others stand', () => {
    const broken = put('broken.json', '{\n  "id": "x",\n  oops\n}');
    const wrong = put('wrong.json', pack({ rules: [{ ...zai.rules[0], severity: 'fatal' }] }));
    const good = put('good.json', pack());
    const { packs, troubles } = readUserPacks(join(folder, 'none'), [broken, wrong, good]);
    expect(packs.map(({ id }) => id)).toEqual(['mine']);
    expect(troubles.map(({ file }) => file)).toEqual([broken, wrong]);
    expect(troubles[0]?.message).toMatch(/not JSON.*line 3.*Correct it/);
    expect(troubles[1]?.message).toMatch(/^rules\.0\.severity: .*Correct it/);
  });

  test('a missing path, a relative one and a second pack of one id are told', () => {
    const one = put('one.json', pack());
    const two = put('two.json', pack());
    const { packs, troubles } = readUserPacks(folder, [join(folder, 'nothing'), 'packs/mine.json', one, two]);
    expect(packs).toHaveLength(1);
    expect(troubles.map(({ message }) => message)).toEqual([
      expect.stringContaining('no such file'),
      expect.stringContaining('relative'),
      expect.stringContaining('"mine"'),
    ]);
  });

  test('a home without a folder of packs has none and that is no trouble', () => {
    expect(readUserPacks(join(folder, 'none'), [])).toEqual({ packs: [], troubles: [] });
  });
});
