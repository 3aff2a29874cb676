import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUCKETS, SHAPE } from '../../src/scope/feature-hash.ts';
import { CAP, createFeatureReader } from '../../src/scope/features.ts';
import { weights } from '../../src/scope/model/weights.ts';
import {
  addKnown,
  decodeBits,
  decodeLevels,
  encodeBits,
  encodeLevels,
  isKnownIn,
  KNOWN_BYTES,
} from '../../src/scope/model-coding.ts';
import { openTextModel } from '../../src/scope/text-model.ts';

const read = createFeatureReader(() => true);
const model = openTextModel(weights);

describe('the feature reader', () => {
  test('gives each bucket once, inside the table, with offsets inside the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000, unit: 'binary' }), (text) => {
        const features = read(text);
        const buckets = features.buckets.subarray(0, features.count);
        expect(new Set(buckets).size).toBe(features.count);
        const inside = (at: number, end: number): boolean => at >= 0 && at < end;
        for (let i = 0; i < features.count; i++) {
          const [bucket, start, end] = [buckets[i]!, features.starts[i]!, features.ends[i]!];
          if (!inside(bucket, BUCKETS) || !inside(start, text.length + 1) || !inside(end, text.length + 1)) {
            expect.unreachable(`feature ${i}: bucket ${bucket}, ${start} to ${end} of ${text.length}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000); // a first such string takes a second to make, more on a busy machine

  test('reads nothing between the first 720 and the last 480 characters of a long text', () => {
    const head = 'fix the parser '.repeat(60);
    const tail = ' and run the tests'.repeat(40);
    const one = model.raw(head + 'book a hotel in Rome '.repeat(500) + tail);
    const other = model.raw(head + 'refactor the server '.repeat(500) + tail);
    expect(one).toBe(other);
    expect(CAP).toBe(1200);
  });

  test('finds a word behind the cut where it stands in the whole text', () => {
    const text = `${'x '.repeat(2000)}please book a hotel`;
    const features = read(text);
    const found = Array.from({ length: features.count }, (_, i) => text.slice(features.starts[i], features.ends[i]));
    expect(found).toContain('hotel');
  });

  test.each([
    ['fence', '```js\na\n```', SHAPE.fence, 2],
    ['camel case', 'getUserName and setX', SHAPE.camel, 2],
    ['snake case', 'user_name', SHAPE.snake, 1],
    ['file name', 'open main.go now. Then stop', SHAPE.fileName, 1],
    ['call', 'run foo(1)', SHAPE.call, 1],
    ['address', 'see https://a.b', SHAPE.address, 1],
    ['flag', 'use --force', SHAPE.flag, 1],
    ['full-width question', '为什么？', SHAPE.question, 1],
  ])('counts %s', (_, text, shape, count) => {
    expect(read(text).shapes[shape]).toBe(count);
  });

  test('case, curly apostrophes and full-width letters make no other word', () => {
    expect(model.raw("don't fix it")).toBe(model.raw('don’t fix it'));
    expect(model.raw('please FIX the api')).toBe(model.raw('please fix the api'));
  });
});

describe('languages', () => {
  test.each([
    ['fix the failing test in the parser', 'en'],
    ['修复解析器的bug', 'zh'],
    ['给这个React组件加一个loading状态', 'zh'],
    ['日本語のテキストを翻訳してください', 'other'],
    ['почини тест в парсере', 'other'],
    ['erinnere mich morgen an den Zahnarzttermin', 'other'],
    ['테스트를 고쳐 주세요', 'other'],
  ])('%s is %s', (text, language) => {
    expect(model.score(text).language).toBe(language);
  });
});

describe('the way weights are written', () => {
  test('levels come back as they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 200 }), fc.constantFrom(1, -1, 3, -3, 7, -7, 31, -31))),
        (entries) => {
          const levels = Int8Array.from(entries.flatMap(([gap, level]) => [...Array<number>(gap).fill(0), level]));
          const text = encodeLevels(levels, [1, 3, 7, 31]);
          expect(decodeLevels(text, [1, 3, 7, 31], levels.length)).toEqual(levels);
        },
      ),
    );
  });

  test('known words come back, and few others with them', () => {
    const bits = new Uint8Array(KNOWN_BYTES);
    for (let i = 0; i < 10_000; i++) addKnown(bits, Math.imul(i + 1, 0x9e3779b1));
    const back = decodeBits(encodeBits(bits), KNOWN_BYTES);
    expect(back).toEqual(bits);
    let foreign = 0;
    for (let i = 0; i < 10_000; i++) {
      expect(isKnownIn(back, Math.imul(i + 1, 0x9e3779b1))).toBe(true);
      if (isKnownIn(back, Math.imul(i + 1, 0x85ebca6b) ^ 0x5bd1e995)) foreign++;
    }
    expect(foreign).toBeLessThan(600);
  });

  test('the model is at most 300 KB of source and has weights of four sizes in a part of its buckets', () => {
    expect(weights.weights.length + weights.known.length).toBeLessThan(300_000);
    expect(weights.weights).toMatch(/^[\w$]+$/);
    const levels = decodeLevels(weights.weights, weights.sizes, BUCKETS);
    const used = levels.filter((level) => level !== 0);
    expect(used.length).toBeGreaterThan(150_000);
    expect([...new Set(used.map(Math.abs))].toSorted((a, b) => a - b)).toEqual(weights.sizes);
    expect(encodeLevels(levels, weights.sizes)).toBe(weights.weights);
  });
});
