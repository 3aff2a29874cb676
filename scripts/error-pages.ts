import {
  errorPage,
  type ErrorCatalogue,
  type ErrorClass,
  type ErrorCode,
  type RetryAdvice,
} from '../src/core/error-code.ts';
import type { Language, Text } from '../src/core/text.ts';
import { causes } from '../src/explain/causes/list.ts';
import { generalCatalogue } from '../src/explain/general-codes.ts';
import { errorCatalogues } from '../src/providers/errors/list.ts';

export const ERROR_PAGES = 'docs/errors';

const CATALOGUES: readonly ErrorCatalogue[] = [...errorCatalogues, generalCatalogue];

const CLASSES: Readonly<Record<ErrorClass, Text>> = {
  'account-rate': { en: 'account rate', zh: '账户速率' },
  'platform-overload': { en: 'platform overload', zh: '平台过载' },
  'window-exhausted': { en: 'allowance used up', zh: '额度用完' },
  'plan-config': { en: 'key, endpoint, model or plan', zh: '密钥、接口、模型或套餐' },
  'policy-stop': { en: 'policy stop', zh: '政策限制' },
  'client-not-allowed': { en: 'client not served', zh: '不支持的客户端' },
  content: { en: 'content', zh: '内容' },
  'bad-request': { en: 'bad request', zh: '请求有误' },
  'edge-block': { en: 'edge', zh: '边缘拦截' },
  'provider-fault': { en: 'provider’s fault', zh: '服务商故障' },
  unknown: { en: 'unknown', zh: '未知' },
};

const RETRIES: Readonly<Record<RetryAdvice, Text>> = {
  'back-off': { en: 'Yes, after a pause that grows with each refusal.', zh: '可以，但每次被拒后要等得更久。' },
  'after-reset': { en: 'Not before the reset.', zh: '在重置之前没有用。' },
  'after-fix': { en: 'Not before something is changed.', zh: '在作出更改之前没有用。' },
  stop: { en: 'No. Further tries can make it last longer.', zh: '不要重试。继续请求可能延长限制。' },
  unknown: { en: 'Not known.', zh: '未知。' },
};

const HEADINGS = {
  retry: { en: 'Try again?', zh: '是否重试？' },
  help: { en: 'What helps', zh: '怎么办' },
  causes: { en: 'What may lie behind it', zh: '可能的原因' },
  stated: { en: 'the provider says so', zh: '服务商说明' },
  unknown: { en: 'What is not known', zh: '尚不清楚' },
} as const satisfies Readonly<Record<string, Text>>;

/** Path and Markdown of every page of an error code, and of their index. */
export function errorPages(): readonly (readonly [path: string, markdown: string])[] {
  const pages = CATALOGUES.flatMap((catalogue) =>
    catalogue.codes.map((code) => [errorPage(catalogue, code), pageOf(catalogue, code)] as const),
  );
  return [[`${ERROR_PAGES}/README.md`, indexPage()], ...pages];
}

function pageOf(catalogue: ErrorCatalogue, code: ErrorCode): string {
  const statuses = code.statuses.length === 0 ? 'not stated' : code.statuses.join(', ');
  return [
    `# ${catalogue.name} ${code.code}: ${code.title.en}`,
    '',
    `Class: ${CLASSES[code.class].en}. HTTP status: ${statuses}.${aliases(code)}`,
    '',
    ...body(code, 'en'),
    `## 简体中文：${code.title.zh}`,
    '',
    `类别：${CLASSES[code.class].zh}。`,
    '',
    ...body(code, 'zh'),
    '## Sources',
    '',
    ...(code.links ?? [])
      .filter((url) => !code.sources.some((source) => source.url === url))
      .map((url) => `- <${url}>`),
    ...code.sources.map(
      ({ url, readOn, doubt }) => `- <${url}>, as of ${readOn}.${doubt === undefined ? '' : ` In doubt: ${doubt}`}`,
    ),
    '',
    'Generated from the catalogue in `src/` by `node scripts/generate.ts`; edit there. [All codes](README.md)',
    '',
  ].join('\n');
}

function aliases({ aliases: names = [] }: ErrorCode): string {
  return names.length === 0 ? '' : ` Also written ${names.map((name) => `\`${name}\``).join(', ')}.`;
}

function body(code: ErrorCode, language: Language): readonly string[] {
  const say = (text: Text): string => text[language];
  const listed = possibleCauses(code);
  const section = (heading: Text, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [`${language === 'en' ? '##' : '###'} ${say(heading)}`, '', ...lines.map((line) => `- ${line}`), ''];
  return [
    say(code.meaning),
    '',
    `**${say(HEADINGS.retry)}** ${say(RETRIES[code.retry])}`,
    '',
    ...section(
      HEADINGS.help,
      code.remedies.map(({ text, url }) => (url === undefined ? say(text) : `${say(text)} <${url}>`)),
    ),
    ...section(
      HEADINGS.causes,
      listed.map(({ id, name }) => (id === code.states ? `${say(name)} (${say(HEADINGS.stated)})` : say(name))),
    ),
    ...section(HEADINGS.unknown, (code.notKnown ?? []).map(say)),
  ];
}

/** What the code states, then what it starts with, the likeliest first; those that need strong evidence are left out. */
function possibleCauses(code: ErrorCode) {
  const start = (id: string, byClass: number | undefined): number =>
    id === code.states ? Infinity : (code.starts?.[id] ?? byClass ?? -Infinity);
  return causes
    .map((cause) => ({ cause, from: start(cause.id, cause.starts[code.class]) }))
    .filter(({ from }) => from >= -2.5)
    .toSorted((a, b) => b.from - a.from)
    .map(({ cause }) => cause);
}

function indexPage(): string {
  return [
    '# Error codes',
    '',
    'What providers’ errors mean, why they come and what helps, in English and Chinese. `planward explain CODE` says the same,',
    'and ranks the causes where it is told what was going on.',
    '',
    ...CATALOGUES.flatMap((catalogue) => [
      `## ${catalogue.name}`,
      '',
      '| code | meaning | 含义 | class |',
      '| --- | --- | --- | --- |',
      ...[...catalogue.codes]
        .toSorted((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }))
        .map((code) => {
          const file = errorPage(catalogue, code).slice(ERROR_PAGES.length + 1);
          return `| [${code.code}](${file}) | ${code.title.en} | ${code.title.zh} | ${CLASSES[code.class].en} |`;
        }),
      '',
    ]),
    'Generated from the catalogue in `src/` by `node scripts/generate.ts`; edit there.',
    '',
  ].join('\n');
}
