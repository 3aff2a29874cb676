import type { ReportFailure } from '../../core/report.ts';
import { text, type Text } from '../../core/text.ts';
import type { DossierInput } from './dossier-input.ts';
import { countOf, idCell, plainCell, table, utc } from '../markdown.ts';

const MOST_ROWS = 150;

/** What the provider itself said of its terms, and what the terms say of numbers. */
export function dossierEvents({ account, language, titleOf }: DossierInput): readonly string[] {
  const say = (each: Text): string => each[language];
  const { strikes, policyEvents } = account;
  const titled = (code: string): string => {
    const title = titleOf(account.providerId, code);
    return title === undefined ? plainCell(code) : `${plainCell(code)} (${plainCell(title[language])})`;
  };
  const threshold =
    strikes.moreThan === undefined
      ? text('The terms name no number of violations.', '条款未规定违规次数。')
      : text(
          `The terms threaten a ban after more than ${strikes.moreThan} violations.`,
          `条款规定超过 ${strikes.moreThan} 次违规可能被封禁。`,
        );
  return [
    `## ${say(text('Confirmed by the provider', '服务商确认的违规处置'))}`,
    '',
    say(
      text(
        `${countOf(strikes.confirmed, 'event')}, ${countOf(strikes.refusals, 'refused request')} in all that Planward knows. Refusals less than an hour apart are one event; that is Planward's way of counting, for the provider publishes no counter.`,
        `Planward 所知共 ${strikes.confirmed} 次，涉及 ${strikes.refusals} 个被拒请求。间隔不足一小时的拒绝计为一次；这是 Planward 的计数方式，服务商未公布计数。`,
      ),
    ),
    `${say(threshold)} ${
      strikes.ownFlags === 'not-judged'
        ? say(text('Flags of Planward’s own: not judged.', 'Planward 自身标记：未判定。'))
        : say(
            text(
              `Flags of Planward’s own: ${strikes.ownFlags} since its start; they are estimates, not violations.`,
              `Planward 自身标记：启动以来 ${strikes.ownFlags} 个；仅为估计，并非违规。`,
            ),
          )
    }`,
    ...(policyEvents.length === 0
      ? []
      : [
          '',
          ...table(
            [
              say(text('From', '开始')),
              say(text('Until', '结束')),
              say(text('Code', '代码')),
              say(text('Refusals', '拒绝次数')),
            ],
            policyEvents
              .slice(-30)
              .map(({ firstAt, lastAt, codes, refusals }) => [
                utc(firstAt),
                utc(lastAt),
                codes.map(titled).join(', '),
                String(refusals),
              ]),
          ),
        ]),
  ];
}

/** Refusals by kind, then one by one, those for the terms before others where not all fit. */
export function dossierRefusals(input: DossierInput): readonly string[] {
  const { report, account, language, titleOf } = input;
  const say = (each: Text): string => each[language];
  const mine = <T extends { readonly providerId: string; readonly accountKey: string }>(rows: readonly T[]): T[] =>
    rows.filter(({ providerId, accountKey }) => providerId === account.providerId && accountKey === account.accountKey);
  const groups = mine(report.groups);
  const failures = mine(report.failures);
  const title = `## ${say(text('Refusals and failures', '被拒与失败的请求'))}`;
  if (groups.length === 0) return [title, '', say(text('None in this span.', '此时间段内没有。'))];
  const shown = choose(failures);
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const left = all - shown.length;
  return [
    title,
    '',
    ...table(
      [
        say(text('Code', '代码')),
        say(text('Meaning', '含义')),
        say(text('Count', '次数')),
        say(text('First', '首次')),
        say(text('Last', '末次')),
      ],
      groups.slice(0, 30).map(({ code, type, status, message, count, firstAt, lastAt }) => {
        const known = code === undefined ? undefined : titleOf(account.providerId, code);
        return [
          plainCell(code ?? type ?? String(status ?? '–')),
          plainCell(known?.[language] ?? message, 120),
          String(count),
          utc(firstAt),
          utc(lastAt),
        ];
      }),
    ),
    '',
    `### ${say(text('Time line', '时间线'))}`,
    '',
    ...table(
      [
        say(text('Time', '时间')),
        'HTTP',
        say(text('Code', '代码')),
        say(text('Provider’s words', '服务商原文')),
        say(text('Request id', '请求 ID')),
        say(text('Model', '模型')),
        say(text('Agent', '智能体')),
        say(text('In flight', '并发')),
        say(text('Per minute', '每分钟')),
      ],
      shown.map((failure) => row(failure, input)),
    ),
    ...(left <= 0
      ? []
      : [
          '',
          say(
            text(`${left} more are left out here; the table above counts them.`, `此处省略 ${left} 条；上表已计入。`),
          ),
        ]),
  ];
}

function choose(failures: readonly ReportFailure[]): readonly ReportFailure[] {
  const first = failures.filter(({ policyCode }) => policyCode !== undefined);
  const others = failures.filter(({ policyCode }) => policyCode === undefined);
  return [...first, ...others].slice(0, MOST_ROWS).toSorted((a, b) => a.at - b.at);
}

function row(failure: ReportFailure, { agentName, language }: DossierInput): readonly string[] {
  const { at, status, code, type, message, requestId, model, agentId, agentProduct, inFlight, perMinute } = failure;
  const none = language === 'en' ? 'not given' : '未提供';
  const chat = failure.operation === 'chat';
  return [
    utc(at),
    status === undefined ? '–' : String(status),
    plainCell(code ?? type ?? '–'),
    message === '' ? '–' : plainCell(message, 120),
    requestId === undefined ? none : idCell(requestId),
    plainCell(model ?? '–'),
    plainCell(`${agentName(agentId)}${agentProduct === undefined ? '' : `, ${agentProduct}`}`),
    chat ? String(inFlight) : '–',
    chat ? String(perMinute) : '–',
  ];
}
