import { expect, test } from 'vitest';
import { stampedEvent, takeStamps, writeRequest } from '../../bench/traffic.ts';
import { takeRequest } from '../support/raw-framing.ts';

test.each([2048, 1024 * 1024])('a request has a body of %i bytes that is a conversation', (bytes) => {
  const request = takeRequest(writeRequest(bytes))!;
  expect(request.body.length).toBe(bytes);
  const { messages } = JSON.parse(request.body.toString()) as { messages: { role: string }[] };
  expect(messages.at(-1)?.role).toBe('user');
});

test('stamps are found however the text is cut', () => {
  const stamps = [123n, 45_678n, 9n];
  const text = stamps.map(stampedEvent).join('');
  for (let cut = 0; cut <= text.length; cut++) {
    const first = takeStamps(text.slice(0, cut));
    const second = takeStamps(first.rest + text.slice(cut));
    expect([...first.stamps, ...second.stamps]).toEqual(stamps);
  }
});
