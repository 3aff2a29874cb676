import type { RuleExample } from '../core/policy-pack.ts';

/** Requests that every rule on tasks must and must not touch; the packs add their own. */
export const OFF_TASK: readonly RuleExample[] = [
  { shows: 'a trip', text: 'Plan a four-day trip to Lisbon and find a hotel near the beach for two people' },
  { shows: 'mail', text: 'Read my unread emails and draft a polite reply to my landlord about the heating' },
  { shows: 'a story', text: 'Write a short story about a lonely lighthouse keeper who adopts a stray dog' },
  { shows: 'a Chinese trip', text: '帮我规划一个三天的杭州旅游行程，推荐几家好吃的餐厅和酒店' },
];

export const ON_TASK: readonly RuleExample[] = [
  { shows: 'code about mail', text: 'Fix the IMAP parser: it throws when the subject header is folded over two lines' },
  { shows: 'a failing test', text: 'the login test fails on CI with a timeout, find out why and fix it' },
  { shows: 'code about trips', text: 'Add a REST endpoint that returns hotel bookings by user id, with unit tests' },
  { shows: 'Chinese code', text: '修复日历组件的时区bug，并补上单元测试' },
  { shows: 'a short answer', text: 'yes do it' },
];
