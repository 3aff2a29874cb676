// node bench/scope.ts [--json FILE]: how long a judgement takes, by length of the newest turn and of the conversation resent.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { RequestFacts } from '../src/core/request-facts.ts';
import { zai } from '../src/policies/zai.ts';
import { openJudge } from '../src/scope/open-judge.ts';
import { conversation, judgeBody } from './scope-conversations.ts';
import { summarise, type Summary } from './statistics.ts';

const ROUNDS = 4000;
const WARM_UP = 3000;

const CODING =
  'the booking endpoint returns 500 when the list is empty, add a guard in src/routes/booking.ts and write a regression test that covers two users saving the same slot at once, then run the linter and show me the diff. ';
const OFF =
  'plan a four day trip to Lisbon for my parents in June, find a quiet hotel near the river with breakfast, book a table on the first evening and send them a short friendly message with the flight times and the address. ';
const CHINESE =
  '预订接口在列表为空的时候报500，加个判空，再写一个回归测试，覆盖两个用户同时保存同一个时段的情况，跑一下测试。周末带爸妈去杭州玩三天，推荐安静一点的酒店和餐厅，把车次和地址发给他们，语气亲切一点。';
const HOSTILE = [
  'a'.repeat(1_000_000),
  '{'.repeat(1_000_000),
  'a.'.repeat(500_000),
  '測'.repeat(1_000_000),
  'aA_'.repeat(333_333),
];

const cases: readonly { readonly name: string; readonly facts: readonly RequestFacts[] }[] = [
  { name: '50 characters', facts: [CODING, OFF, CHINESE].map((text) => ({ text: text.slice(0, 50) })) },
  { name: '200 characters', facts: [CODING, OFF, CHINESE + CHINESE].map((text) => ({ text: text.slice(0, 200) })) },
  { name: '200 characters, in scope', facts: [{ text: CODING.slice(0, 200) }] },
  { name: '200 characters, out of scope', facts: [{ text: OFF.slice(0, 200) }] },
  {
    name: 'at the cap (1,200)',
    facts: [CODING, OFF, CHINESE].map((text) => ({ text: text.repeat(14).slice(0, 1200) })),
  },
  {
    name: 'at the cap, three earlier turns, 50 tools',
    facts: [
      {
        text: OFF.repeat(14).slice(0, 1200),
        previous: [CODING.repeat(7), OFF.repeat(7), CHINESE.repeat(14)],
        tools: Array.from({ length: 50 }, (_, i) => `tool_${i}_calendar_list`),
      },
    ],
  },
  { name: '1 MB, hostile', facts: HOSTILE.map((text) => ({ text })) },
];

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const judge = openJudge();
const options = { now: Date.UTC(2026, 8, 7), providerId: 'zai' };
const results: { name: string; us: Summary }[] = [];
for (const { name, facts } of cases) {
  for (let i = 0; i < WARM_UP; i++) judge(facts[i % facts.length]!, zai, options);
  const samples: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const one = facts[i % facts.length]!;
    const start = performance.now();
    judge(one, zai, options);
    samples.push((performance.now() - start) * 1000);
  }
  results.push({ name, us: summarise(samples) });
}
// What is resent grows, what is new does not: from the copied bytes of a request to its verdict, turn by turn.
const bodies = [10_000, 1_000_000].map((bytes) => ({ bytes, body: conversation(bytes), samples: [] as number[] }));
for (let round = 0; round < 12; round++) {
  for (const { body, samples } of bodies) {
    for (let i = 0; i < 200; i++) {
      const start = performance.now();
      judgeBody(body, judge, zai);
      if (round > 1) samples.push((performance.now() - start) * 1000);
    }
  }
}
for (const { bytes, samples } of bodies) {
  results.push({ name: `a request of ${bytes / 1000} KB, read and judged`, us: summarise(samples) });
}
console.log('judgement, microseconds'.padEnd(44), 'p50'.padStart(8), 'p99'.padStart(8), 'max'.padStart(8));
for (const { name, us } of results) {
  console.log(
    name.padEnd(44),
    us.p50.toFixed(1).padStart(8),
    us.p99.toFixed(1).padStart(8),
    us.max.toFixed(0).padStart(8),
  );
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
