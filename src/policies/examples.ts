import type { RuleExample } from '../core/policy-pack.ts';

/** Requests that every rule on tasks must and must not touch; the packs add their own. */
export const OFF_TASK: readonly RuleExample[] = [
  {
    shows: 'a trip',
    zh: '旅行',
    text: 'Plan a four-day trip to Lisbon and find a hotel near the beach for two people',
  },
  {
    shows: 'mail',
    zh: '邮件',
    text: 'Read my unread emails and draft a polite reply to my landlord about the heating',
  },
  { shows: 'a story', zh: '故事', text: 'Write a short story about a lonely lighthouse keeper who adopts a stray dog' },
  { shows: 'a Chinese trip', zh: '旅行（中文）', text: '帮我规划一个三天的杭州旅游行程，推荐几家好吃的餐厅和酒店' },
];

export const ON_TASK: readonly RuleExample[] = [
  {
    shows: 'code about mail',
    zh: '与邮件有关的代码',
    text: 'Fix the IMAP parser: it throws when the subject header is folded over two lines',
  },
  {
    shows: 'a failing test',
    zh: '失败的测试',
    text: 'the login test fails on CI with a timeout, find out why and fix it',
  },
  {
    shows: 'code about trips',
    zh: '与旅行有关的代码',
    text: 'Add a REST endpoint that returns hotel bookings by user id, with unit tests',
  },
  { shows: 'Chinese code', zh: '代码（中文）', text: '修复日历组件的时区bug，并补上单元测试' },
  { shows: 'a short answer', zh: '简短回答', text: 'yes do it' },
];
