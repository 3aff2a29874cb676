import { text, type Text } from '../core/text.ts';
import { dossierActions, dossierAppeal } from './dossier/appeal-parts.ts';
import type { DossierInput } from './dossier/dossier-input.ts';
import { dossierEvents, dossierRefusals } from './dossier/refusal-parts.ts';
import { dossierUse } from './dossier/use-parts.ts';
import { plainCell, utc } from './markdown.ts';

/**
 * What a person needs to object to a provider's decision, as a Markdown page to read, fill in and send by oneself. Holds no
 * prompt, no answer and no key; words of the provider stand in it as plain text. Pure, never throws.
 */
export function buildDossier(input: DossierInput): string {
  const say = (each: Text): string => each[input.language];
  const { report, account } = input;
  const name = plainCell(account.planName ?? account.providerName);
  return `${[
    `# ${say(text('Appeal', '申诉材料'))}: ${name}`,
    '',
    say(
      text(
        `Made by Planward ${input.version} on this machine, ${utc(report.at)} UTC. Nothing was sent anywhere. It holds no prompts, no answers and no keys. It tells only what went through this relay between ${utc(report.since)} and ${utc(report.until)} UTC; use on other machines or past the relay is not in it. All times are UTC.`,
        `由 Planward ${input.version} 在本机生成（${utc(report.at)} UTC），未发送到任何地方。不含提示词、回复或密钥。仅包含 ${utc(report.since)} 至 ${utc(report.until)}（UTC）期间经过本中继的请求；其他设备或未经中继的使用不在其中。所有时间均为 UTC。`,
      ),
    ),
    ...(report.complete
      ? []
      : [
          '',
          say(
            text(
              'The span asked for was longer than one report reads; its newest part is told.',
              '所选时间段过长，仅包含最近的部分。',
            ),
          ),
        ]),
    '',
    ...accountPart(input),
    '',
    ...dossierEvents(input),
    '',
    ...dossierRefusals(input),
    '',
    ...dossierUse(input),
    '',
    ...dossierActions(input),
    '',
    ...dossierAppeal(input),
  ].join('\n')}\n`;
}

const BLANK = '______';

function accountPart({ account, language }: DossierInput): readonly string[] {
  const say = (each: Text): string => each[language];
  const plan = account.planName === undefined ? BLANK : plainCell(account.planName);
  const lines: readonly (readonly [Text, string])[] = [
    [text('Account (e-mail or user id)', '账号（邮箱或用户 ID）'), BLANK],
    [text('Provider', '服务商'), plainCell(account.providerName)],
    [text('Plan, as read from its own answers', '套餐（读取自服务商响应）'), plan],
    [text('Subscribed since, order number', '订阅时间、订单号'), BLANK],
    [text('Name of the key in the console (never the key itself)', '控制台中的密钥名称（切勿填写密钥本身）'), BLANK],
    [text('Name of the account in Planward', 'Planward 中的账号名称'), plainCell(account.label ?? account.accountKey)],
    [text('People and devices that use it', '使用人数与设备'), BLANK],
    [text('Network (VPN, proxy, country)', '网络（VPN、代理、所在地）'), BLANK],
    [text('What it is used for', '使用场景'), BLANK],
  ];
  return [
    `## ${say(text('Account: fill in', '账号信息：请填写'))}`,
    '',
    ...lines.map(([label, value]) => `- ${say(label)}${language === 'en' ? ': ' : '：'}${value}`),
  ];
}
