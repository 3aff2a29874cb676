import type { Report } from '../../core/report.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { text, type Language, type Text } from '../../core/text.ts';
import { sums, type CountSum } from '../dossier/use-parts.ts';
import { plainCell, table, utc } from '../markdown.ts';

export interface ReportWords {
  readonly language: Language;
  readonly agentName: (agentId: string) => string;
  readonly providerName: (providerId: string) => string;
  readonly titleOf: (providerId: string, code: string) => Text | undefined;
}

/** Usage, flags and incidents of a span as a Markdown page. Pure. */
export function drawReport(
  report: Report,
  { incidents, flags }: Pick<Snapshot, 'incidents' | 'flags'>,
  words: ReportWords,
): string {
  const { language, agentName } = words;
  const say = (each: Text): string => each[language];
  const head = (label: Text): readonly string[] => [
    say(label),
    say(text('Requests', '请求数')),
    say(text('Refused or failed', '被拒或失败')),
    say(text('Tokens in', '输入令牌')),
    say(text('Tokens out', '输出令牌')),
  ];
  const cells = (sum: CountSum): string[] =>
    [sum.requests, sum.failed, sum.inputTokens, sum.outputTokens].map((each) => each.toLocaleString('en-US'));
  const days = sums(report.counts, ({ day }) => day).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sections: readonly (readonly string[])[] = [
    [
      `# ${say(text('Planward report', 'Planward 报告'))}`,
      '',
      say(
        text(
          `${utc(report.since)} to ${utc(report.until)}, UTC: what went through this relay.`,
          `${utc(report.since)} 至 ${utc(report.until)}（UTC）：经过本中继的请求。`,
        ),
      ),
      ...(report.complete
        ? []
        : [say(text('The span was too long for one report; its newest part is told.', '时间段过长，仅含最近部分。'))]),
    ],
    [`## ${say(text('Accounts', '账号'))}`, '', ...accountRows(report, say)],
    ...(report.counts.length === 0
      ? [[say(text('No request in this span.', '此时间段内没有请求。'))]]
      : [
          section(
            say(text('By agent', '按智能体')),
            head(text('Agent', '智能体')),
            sums(report.counts, ({ agentId }) => agentId).map(([id, sum]) => [plainCell(agentName(id)), ...cells(sum)]),
          ),
          section(
            say(text('By model', '按模型')),
            head(text('Model', '模型')),
            sums(report.counts, ({ providerId, model }) => `${words.providerName(providerId)} ${model}`)
              .slice(0, 40)
              .map(([model, sum]) => [plainCell(model), ...cells(sum)]),
          ),
          section(
            say(text('By day', '按日')),
            head(text('Day', '日期')),
            days.map(([day, sum]) => [day, ...cells(sum)]),
          ),
        ]),
    [`## ${say(text('Refusals and failures', '被拒与失败'))}`, '', ...refusalRows(report, words)],
    [
      `## ${say(text('Incidents', '事件'))}`,
      '',
      ...incidents
        .filter(({ lastAt }) => lastAt >= report.since)
        .map(
          ({ startedAt, agentId, explanation }) =>
            `- ${utc(startedAt)} ${plainCell(agentName(agentId))}: ${plainCell(explanation.headline[language], 400)}`,
        ),
      say(
        text(
          'Those since the relay started, at most 20; the table above counts all refusals.',
          '仅含中继启动以来的至多 20 条；上表计入全部拒绝。',
        ),
      ),
    ],
    [
      `## ${say(text('Flags', '标记'))}`,
      '',
      ...flags
        .filter(({ at }) => at >= report.since)
        .map(
          ({ at, agentId, ruleId, category, pOffScope }) =>
            `- ${utc(at)} ${plainCell(agentName(agentId))}: ${plainCell(ruleId)}${category === undefined ? '' : `, ${plainCell(category)}`} (${Math.round(pOffScope * 100)} %)`,
        ),
      say(
        text(
          'Planward’s own estimates since the relay started, at most 50; no violations.',
          'Planward 自身的估计（中继启动以来，至多 50 条），并非违规。',
        ),
      ),
    ],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [`## ${title}`, '', ...table(head, rows)];
}

function accountRows(report: Report, say: (each: Text) => string): readonly string[] {
  const rows = report.accounts.map((account) => {
    const load = report.load.find(
      ({ providerId, accountKey }) => providerId === account.providerId && accountKey === account.accountKey,
    );
    const { confirmed, moreThan } = account.strikes;
    return [
      plainCell(account.label ?? account.accountKey),
      plainCell(account.planName ?? account.providerName),
      moreThan === undefined
        ? String(confirmed)
        : say(text(`${confirmed} (ban after more than ${moreThan})`, `${confirmed}（超过 ${moreThan} 次可能封禁）`)),
      load === undefined ? '–' : String(load.peakInFlight),
      load === undefined ? '–' : String(load.peakPerMinute),
    ];
  });
  return table(
    [
      say(text('Account', '账号')),
      say(text('Plan', '套餐')),
      say(text('Provider-confirmed policy events, ever', '服务商确认的违规处置（累计）')),
      say(text('Most at once', '最高并发')),
      say(text('Most a minute', '每分钟最多')),
    ],
    rows,
  );
}

function refusalRows(report: Report, { language, providerName, titleOf }: ReportWords): readonly string[] {
  const say = (each: Text): string => each[language];
  if (report.groups.length === 0) return [say(text('None.', '无。'))];
  return table(
    [
      say(text('Provider', '服务商')),
      say(text('Code', '代码')),
      say(text('Meaning', '含义')),
      say(text('Count', '次数')),
      say(text('First', '首次')),
      say(text('Last', '末次')),
    ],
    report.groups
      .slice(0, 50)
      .map(({ providerId, code, type, status, message, count, firstAt, lastAt }) => [
        plainCell(providerName(providerId)),
        plainCell(code ?? type ?? String(status ?? '–')),
        plainCell((code === undefined ? undefined : titleOf(providerId, code)?.[language]) ?? message, 120),
        String(count),
        utc(firstAt),
        utc(lastAt),
      ]),
  );
}
