import type { AppealRoute } from '../../core/appeal.ts';
import { text, type Text } from '../../core/text.ts';
import type { DossierInput, DossierMeasures } from './dossier-input.ts';
import { countOf, plainCell } from '../markdown.ts';

/** What was done so that it does not happen again, as far as Planward did it. */
export function dossierActions({ report, account, measures, language }: DossierInput): readonly string[] {
  const say = (each: Text): string => each[language];
  const count = (result: string): number =>
    report.counts
      .filter((each) => each.providerId === account.providerId && each.accountKey === account.accountKey)
      .reduce((sum, each) => (each.result === result ? sum + each.requests : sum), 0);
  const refused = count('refused');
  const absorbed = count('absorbed');
  const done: readonly (Text | undefined)[] = [
    measures.stoppedSince === undefined
      ? undefined
      : text(
          `All traffic of this key is held back since ${new Date(measures.stoppedSince).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
          `自 ${new Date(measures.stoppedSince).toISOString().slice(0, 16).replace('T', ' ')} UTC 起已停止该密钥的全部请求。`,
        ),
    measures.paced === true
      ? text(
          'Requests are queued per key and model, so that few are under way at once.',
          '已按密钥与模型排队发送请求，以限制并发。',
        )
      : undefined,
    measures.guarded === true
      ? text('Budgets or hours are set beyond which nothing is sent.', '已设置用量或时段上限，超出后不再发送。')
      : undefined,
    measures.blocksOffScope === true
      ? text('Requests that read as outside the terms are not sent.', '疑似超出条款范围的请求不会发送。')
      : undefined,
    (measures.pausedAgents ?? []).length === 0
      ? undefined
      : text(`Paused agents: ${names(measures)}.`, `已暂停的智能体：${names(measures)}。`),
    refused === 0
      ? undefined
      : text(
          `${countOf(refused, 'request was', 'requests were')} stopped here before reaching the provider.`,
          `${refused} 个请求在到达服务商之前被本机拦下。`,
        ),
    absorbed === 0
      ? undefined
      : text(
          `${countOf(absorbed, 'refusal was', 'refusals were')} waited out, and the request sent again later.`,
          `${absorbed} 次拒绝经等待后重新发送。`,
        ),
  ];
  return [
    `## ${say(text('Actions taken', '已采取的措施'))}`,
    '',
    ...done.filter((each) => each !== undefined).map((each) => `- ${say(each)}`),
    `- ${say(text('Others (fill in)', '其他（请填写）'))}: ______`,
  ];
}

function names({ pausedAgents }: DossierMeasures): string {
  return (pausedAgents ?? []).map((each) => plainCell(each)).join(', ');
}

const KINDS: Readonly<Record<AppealRoute['kind'], Text>> = {
  console: text('Console', '控制台'),
  form: text('Form', '表单'),
  'e-mail': text('E-mail', '邮箱'),
  ticket: text('Ticket', '工单'),
  public: text('In public', '公开渠道'),
};

/** Where this page can be taken, and what is asked there. */
export function dossierAppeal({ appeal, account, language }: DossierInput): readonly string[] {
  const say = (each: Text): string => each[language];
  const colon = language === 'en' ? ': ' : '：';
  const title = `## ${say(text('Where to appeal', '申诉渠道'))}`;
  if (appeal === undefined) {
    return [
      title,
      '',
      say(
        text(
          `Planward knows no appeal route of ${plainCell(account.providerName)}; its support is the place to ask.`,
          `Planward 不了解 ${plainCell(account.providerName)} 的申诉渠道；请联系其客服。`,
        ),
      ),
    ];
  }
  const asOf = (readOn: string): string => (language === 'en' ? `as of ${readOn}` : `截至 ${readOn}`);
  return [
    title,
    '',
    ...appeal.routes.map(
      ({ kind, says, to, source }) =>
        `- ${say(KINDS[kind])}${colon}${say(says)}${to === undefined ? '' : ` ${/^https?:/.test(to) ? `<${to}>` : `\`${to}\``}`} (${asOf(source.readOn)}, <${source.url}>)`,
    ),
    ...(appeal.asked.length === 0
      ? []
      : [
          '',
          say(text('Staff have asked:', '官方人员曾询问：')),
          '',
          ...appeal.asked.map((each) => `- ${say(each)} ______`),
        ]),
    ...(appeal.outcomes === undefined ? [] : ['', say(appeal.outcomes)]),
  ];
}
