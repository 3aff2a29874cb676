import { expect, test } from 'vitest';
import type { Notice } from '../../src/core/snapshot.ts';
import { createSayOnce } from '../../src/relay/say-once.ts';

test('says a thing once an occasion, and not again within ten minutes of the last time', () => {
  let at = 0;
  const heard: Notice[] = [];
  const notices = createSayOnce(
    (notice) => heard.push(notice),
    () => at,
  );
  const news = { code: 'ledger-locked', severity: 'warning', text: 'Locked.' } as const;
  expect(notices.say(news)).toBe(true);
  at = 3_600_000;
  expect(notices.say(news)).toBe(false);
  notices.over();
  expect(notices.say(news)).toBe(true);
  notices.over();
  at += 599_999;
  expect(notices.say(news)).toBe(false);
  at += 1;
  expect(notices.say(news)).toBe(true);
  expect(heard.map((notice) => notice.at)).toEqual([0, 3_600_000, 4_200_000]);
});
