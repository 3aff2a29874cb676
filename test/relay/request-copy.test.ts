import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRequestCopy } from '../../src/relay/request-copy.ts';
import { createTailRing, TAIL_BYTES } from '../../src/relay/tail-ring.ts';

test('a tail holds the last bytes in their order, however they came', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: Math.floor(TAIL_BYTES * 1.4) }), { minLength: 1, maxLength: 8 }),
      (sizes) => {
        const tail = createTailRing();
        const all = Buffer.concat(sizes.map((size, i) => Buffer.alloc(size, i + 1)));
        let at = 0;
        for (const size of sizes) tail.push(all.subarray(at, (at += size)));
        expect(tail.bytes().equals(all.subarray(-TAIL_BYTES))).toBe(true);
        tail.release();
      },
    ),
    { numRuns: 60 },
  );
});

test.each([false, true])('a long body is read by its ends, its length known beforehand: %s', (known) => {
  const body = Buffer.from(
    JSON.stringify({
      model: 'glm-5.3',
      messages: [
        { role: 'user', content: 'x'.repeat(900_000) },
        { role: 'user', content: 'the newest' },
      ],
      stream: true,
    }),
  );
  for (const size of [1000, 65_536, 300_000, body.length]) {
    const copy = createRequestCopy(known ? body.length : undefined);
    for (let at = 0; at < body.length; at += size) copy.push(body.subarray(at, at + size));
    const facts = copy.facts();
    expect(facts).toMatchObject({ reading: 'read', model: 'glm-5.3', stream: true });
    expect(facts.body?.['messages']).toContainEqual({ role: 'user', content: 'the newest' });
    copy.drop();
  }
});

test('a body that ends in garbage is unread', () => {
  const copy = createRequestCopy(undefined);
  copy.push(Buffer.from('{"model":"m"'));
  copy.push(Buffer.alloc(400_000, 'y'));
  expect(copy.facts()).toMatchObject({ reading: 'unread', model: undefined });
});
