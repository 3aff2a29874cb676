import type { ReportCount, ReportTurns } from '../../core/report.ts';
import { text, type Text } from '../../core/text.ts';
import type { DossierInput } from './dossier-input.ts';
import { plainCell, table, utc } from '../markdown.ts';

const MOST_DAYS = 31;

/** How hard the account was used, by which agents, day by day. */
export function dossierUse(input: DossierInput): readonly string[] {
  const { report, account, language, agentName } = input;
  const say = (each: Text): string => each[language];
  const mine = ({ providerId, accountKey }: { providerId: string; accountKey: string }): boolean =>
    providerId === account.providerId && accountKey === account.accountKey;
  const counts = report.counts.filter(mine);
  const load = report.load.find(mine);
  const products = new Map<string, Set<string>>();
  const named = [
    ...counts.map((count) => [count.agentId, count.products ?? []] as const),
    ...report.failures
      .filter(mine)
      .map(({ agentId, agentProduct }) => [agentId, agentProduct === undefined ? [] : [agentProduct]] as const),
  ];
  for (const [agentId, each] of named) {
    for (const product of each) products.set(agentId, (products.get(agentId) ?? new Set()).add(product));
  }
  const at = (instant: number | undefined): string => (instant === undefined ? '–' : utc(instant));
  return [
    `## ${say(text('How the account was used', '账号使用情况'))}`,
    '',
    load === undefined
      ? say(text('No chat request went out in this span.', '此时间段内没有发出对话请求。'))
      : say(
          text(
            `${load.requests} chat requests. Most at once: ${load.peakInFlight} (${at(load.peakInFlightAt)}). Most within a minute: ${load.peakPerMinute} (${at(load.peakPerMinuteAt)}). A request that Planward held counts from when it arrived.`,
            `共 ${load.requests} 个对话请求。最高并发：${load.peakInFlight}（${at(load.peakInFlightAt)}）。每分钟最多：${load.peakPerMinute}（${at(load.peakPerMinuteAt)}）。被 Planward 暂缓的请求自到达时起计。`,
          ),
        ),
    say(codingShare(report.turns?.find(mine))),
    '',
    `### ${say(text('Agents and versions', '智能体与版本'))}`,
    '',
    ...table(
      [
        say(text('Agent', '智能体')),
        say(text('Version', '版本')),
        say(text('Requests', '请求数')),
        say(text('Refused or failed', '被拒或失败')),
      ],
      sums(counts, ({ agentId }) => agentId).map(([agentId, sum]) => [
        plainCell(agentName(agentId)),
        [...(products.get(agentId) ?? [])]
          .slice(0, 6)
          .map((each) => plainCell(each))
          .join(', ') || '______',
        String(sum.requests),
        String(sum.failed),
      ]),
    ),
    '',
    say(
      text(
        'Versions are as the agents named themselves in their requests. Fill in what is missing.',
        '版本取自智能体在请求中的自报，缺失的请自行填写。',
      ),
    ),
    '',
    `### ${say(text('Days', '按日统计'))}`,
    '',
    ...table(
      [
        say(text('Day', '日期')),
        say(text('Requests', '请求数')),
        say(text('Refused or failed', '被拒或失败')),
        say(text('Tokens in', '输入令牌')),
        say(text('Tokens out', '输出令牌')),
      ],
      sums(counts, ({ day }) => day)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .slice(-MOST_DAYS)
        .map(([day, sum]) => [day, ...[sum.requests, sum.failed, sum.inputTokens, sum.outputTokens].map(String)]),
    ),
  ];
}

/** Turns, not requests: the steps and retries of one are counted once. */
function codingShare(turns: ReportTurns | undefined): Text {
  if (turns === undefined) return text('Share of coding turns: not judged.', '编程类请求占比：未判定。');
  const { coding, unsure, other, settled } = turns;
  const all = coding + unsure + other + settled;
  const share = all === 0 ? 0 : Math.floor((100 * coding) / all);
  return text(
    `Share of coding turns: ${share}% (${coding} of ${all} turns judged by Planward on this machine; ${unsure} unsure, ${other} read as not coding, ${settled} flagged and then called coding or dismissed by the user).`,
    `编程类请求占比：${share}%（本机 Planward 判定 ${all} 轮，其中编程 ${coding} 轮，不确定 ${unsure} 轮，判为非编程 ${other} 轮，标记后由用户认定为编程或忽略 ${settled} 轮）。`,
  );
}

export interface CountSum {
  requests: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
}

/** Sums by a key, most requests first. `failed`: refused by the provider, or without an answer. */
export function sums(
  counts: readonly ReportCount[],
  keyOf: (count: ReportCount) => string,
): readonly (readonly [key: string, sum: CountSum])[] {
  const found = new Map<string, CountSum>();
  for (const count of counts) {
    const key = keyOf(count);
    const sum = found.get(key) ?? { requests: 0, failed: 0, inputTokens: 0, outputTokens: 0 };
    sum.requests += count.requests;
    sum.inputTokens += count.inputTokens;
    sum.outputTokens += count.outputTokens;
    if (['failed', 'upstream-failed', 'absorbed'].includes(count.result)) sum.failed += count.requests;
    found.set(key, sum);
  }
  return [...found].toSorted(([, a], [, b]) => b.requests - a.requests);
}
