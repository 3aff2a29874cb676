// node bench/pace-play.ts [--plays 200] [--only minute] [--sessions 2] [--requests 5]: sessions of agents against providers' limits on a clock of its own, with the pacer
// and with each agent's own way of trying again. Says nothing of machines: only of waiting. Many draws of how long agents
// think, answers take and when sessions begin, the same for both; medians and how many grew by more than 15 %.
import { parseArgs } from 'node:util';
import { atOnce, byTheClock, inStretch, playPaced, type Limit } from '../test/support/pace-play.ts';
import { percentile } from './statistics.ts';

/** Rests between tries, seen in November 2026 (ms); after the last one the agent gives up. */
const AGENTS = {
  'Claude Code': [550, 1100, 2100, 4600, 9300, 19_600, 38_000, 38_000, 33_000, 39_000],
  Cline: [2000, 4000, 8000, 16_000, 32_000],
  'Kilo Code': [2300, 4700, 9000, 18_000, 36_000],
  OpenClaw: [3000, 4000, 4000, 6000, 10_000, 30_000, 30_000, 30_000, 27_000],
} as const;

const LIMITS: Readonly<Record<string, Limit>> = {
  'one at a time': atOnce(1),
  'two at a time': atOnce(2),
  'three in 10 s': inStretch(3, 10_000),
  'five in 17 s': inStretch(5, 17_000),
  'six in 30 s': inStretch(6, 30_000),
  'seven in 45 s': inStretch(7, 45_000),
  'ten a minute': inStretch(10, 60_000),
  'ten by the clock minute': byTheClock(10, 60_000),
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    plays: { type: 'string', default: '100' },
    sessions: { type: 'string', default: '2' },
    requests: { type: 'string', default: '5' },
  },
});

const DRAWN = {
  sessions: Number(values.sessions),
  requests: Number(values.requests),
  answerMs: [800, 5800],
  thinkMs: [100, 1000],
  startMs: 2500,
} as const;
const table = [];
for (const [name, limit] of Object.entries(LIMITS).filter(([each]) => each.includes(values.only))) {
  for (const [agent, rests] of Object.entries(AGENTS)) {
    const growths: number[] = [];
    const offs: number[] = [];
    const ons: number[] = [];
    let seenOff = 0;
    let seenOn = 0;
    let refusedOn = 0;
    let gaveUpOff = 0;
    for (let i = 0; i < Number(values.plays); i++) {
      const drawn = { ...DRAWN, limit, seed: i + 1 };
      const off = await playPaced({ ...drawn, way: rests });
      const on = await playPaced({ ...drawn, way: 'paced' });
      seenOff += off.seen;
      seenOn += on.seen;
      refusedOn += on.refused;
      if (off.gaveUp) {
        gaveUpOff += 1;
        continue;
      }
      offs.push(off.seconds);
      ons.push(on.seconds);
      growths.push(on.seconds / off.seconds - 1);
    }
    const sorted = growths.toSorted((a, b) => a - b);
    const per = (n: number): number => Math.round((n / Number(values.plays)) * 10) / 10;
    table.push({
      limit: name,
      agent,
      seenOff: per(seenOff),
      seenOn: per(seenOn),
      refusedOn: per(refusedOn),
      gaveUpOff: per(gaveUpOff),
      off: Math.round(median(offs) * 10) / 10,
      on: Math.round(median(ons) * 10) / 10,
      growth: percent(percentile(sorted, 0.5)),
      p90: percent(percentile(sorted, 0.9)),
      over15: percent(sorted.filter((each) => each > 0.15).length / sorted.length),
    });
  }
}
console.table(table);

function median(list: readonly number[]): number {
  return percentile(
    list.toSorted((a, b) => a - b),
    0.5,
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
