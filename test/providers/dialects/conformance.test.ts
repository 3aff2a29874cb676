import { createParser } from 'eventsource-parser';
import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Dialect, ResponseReading } from '../../../src/core/provider.ts';
import { dialects, findDialect } from '../../../src/providers/dialects/list.ts';
import type { StreamEvent } from './fixtures/fixture.ts';
import { dialectFixtures } from './fixtures/list.ts';

test('every dialect has fixtures and every fixture a dialect', () => {
  expect(Object.keys(dialectFixtures).toSorted()).toEqual(dialects.map(({ id }) => id).toSorted());
});

describe.each(dialects.map((dialect) => [dialect.id, dialect] as const))('%s', (id, dialect) => {
  const fixture = dialectFixtures[id];
  if (fixture === undefined) {
    test('has fixtures', () => expect.fail(`write test/providers/dialects/fixtures/${id}.ts and name it in list.ts`));
    return;
  }

  test('is found by its id', () => expect(findDialect(id)).toBe(dialect));

  test.each(fixture.streams)('stream: %s', (_, events, reading) => {
    expect(read(dialect, events)).toEqual(reading);
  });

  test.each(fixture.bodies)('body: %s', (_, body, reading) => {
    const reader = dialect.createReader();
    reader.json(body);
    expect(withoutId(reader.reading())).toEqual(reading);
  });

  test('any chunking of a stream gives the same reading', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixture.streams), fc.array(fc.nat(4000)), ([, events, reading], cuts) => {
        expect(readText(dialect, chunksOf(wire(events), cuts))).toEqual(reading);
      }),
    );
  });

  test('a stream cut anywhere never throws, never invents figures and is complete only with its end mark', () => {
    const [, events, whole] = fixture.streams[0]!;
    const text = wire(events);
    fc.assert(
      fc.property(fc.nat(text.length), (length) => {
        const reading = readText(dialect, [text.slice(0, length)]);
        expect(reading.complete && length < text.length - 30).toBe(false);
        if (reading.usage === undefined) return;
        expect(reading.usage.outputTokens).toBeLessThanOrEqual(whole.usage!.outputTokens);
        expect(reading.usage.inputTokens).toBeLessThanOrEqual(whole.usage!.inputTokens);
        if (reading.usage.exactness === 'reported') expect(reading.usage).toEqual(whole.usage);
      }),
    );
  });

  test('a garbled stream never throws and gives whole counts only', () => {
    const text = wire(fixture.streams.flatMap(([, events]) => events));
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 4 }), (at, junk) => {
        const { usage } = readText(dialect, [`${text.slice(0, at)}${junk}${text.slice(at + junk.length)}`]);
        for (const figure of Object.values(usage ?? {})) {
          if (typeof figure === 'number') expect(Number.isInteger(figure) && figure >= 0).toBe(true);
        }
      }),
    );
  });

  test('the many events that hold text only are not parsed', () => {
    const [, events] = fixture.streams[0]!;
    const many = events.flatMap((event) =>
      SPOKEN.test(event[1]) ? Array.from({ length: 300 }, () => event) : [event],
    );
    const parse = vi.spyOn(JSON, 'parse');
    read(dialect, many);
    const nameless = many.map(([, data]) => [undefined, data] as const);
    read(dialect, nameless);
    const calls = parse.mock.calls.length;
    parse.mockRestore();
    expect(many.length).toBeGreaterThan(300);
    expect(calls).toBeLessThanOrEqual(2 * events.length);
  });

  test("the answer's own text is never taken for a field", () => {
    const [, events, whole] = fixture.streams[0]!;
    const saying = fc.oneof(
      fc.string(),
      fc.constantFrom(...events.map(([, data]) => data), '"usage":{"output_tokens":9}', '"error":{"message":"x"}'),
    );
    fc.assert(
      fc.property(saying, (words) => {
        const escaped = JSON.stringify(words).slice(1, -1);
        const spoken = events.map(([name, data]) => [name, data.replaceAll(SPOKEN_WORDS, () => escaped)] as const);
        expect(read(dialect, spoken)).toEqual(whole);
        const nameless = spoken.map(([, data]) => [undefined, data] as const);
        expect(read(dialect, nameless)).toEqual(whole);
      }),
    );
  });

  test.each([400, 402, 403, 404, 429, 502, 504])(
    'our own answer with %i has its words where clients look',
    (status) => {
      const { contentType, body } = dialect.errorBody(status, 'The relay says "no".');
      expect(contentType).toMatch(/json/);
      let found: unknown = JSON.parse(body);
      for (const key of fixture.errorMessagePath) found = (found as Record<string, unknown>)[key];
      expect(found).toBe('The relay says "no".');
    },
  );
});

/** What the model says in the first stream of each fixture. */
const SPOKEN = /model said|done/;
const SPOKEN_WORDS = /model said|done/g;

function read(dialect: Dialect, events: readonly StreamEvent[]): ResponseReading {
  const reader = dialect.createReader();
  for (const [name, data] of events) reader.event(name, data);
  return withoutId(reader.reading());
}

function wire(events: readonly StreamEvent[]): string {
  return events.map(([name, data]) => `${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`).join('');
}

function readText(dialect: Dialect, chunks: readonly string[]): ResponseReading {
  const reader = dialect.createReader();
  const parser = createParser({ onEvent: ({ event, data }) => reader.event(event, data) });
  for (const chunk of chunks) parser.feed(chunk);
  return withoutId(reader.reading());
}

function chunksOf(text: string, cuts: readonly number[]): readonly string[] {
  const places = [0, ...cuts.map((cut) => cut % text.length).toSorted((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

/** Ids have a test of their own: response-id.test.ts. */
function withoutId(reading: ResponseReading): ResponseReading {
  return Object.fromEntries(
    Object.entries(reading).filter(([name]) => name !== 'responseId'),
  ) as unknown as ResponseReading;
}
