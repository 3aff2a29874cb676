import type { PolicyPack, Rule } from '../core/policy-pack.ts';
import type { Signal } from '../core/request-facts.ts';
import { text, type Language, type Text } from '../core/text.ts';

/** The page that explains a rule, from the project's top folder: `docs/rules/zai-task-scope.md`. */
export function rulePagePath(packId: string, ruleId: string): string {
  return `docs/rules/${packId}-${ruleId.replaceAll(/[:.]/g, '-')}.md`;
}

/** The page itself, as Markdown; in English where the rule has no words in the language. */
export function rulePage(pack: PolicyPack, rule: Rule, asked: Language = 'en'): string {
  const language = asked === 'zh' && rule.zh !== undefined ? 'zh' : 'en';
  const say = (words: Text): string => words[language];
  const words = language === 'zh' ? rule.zh! : rule;
  const doubt = language === 'zh' ? (rule.zh?.doubt ?? rule.source.doubt) : rule.source.doubt;
  const notKnown = language === 'zh' ? (pack.zh?.notKnown ?? pack.notKnown) : pack.notKnown;
  const strikes = language === 'zh' ? (pack.zh?.strikes ?? pack.strikes?.note) : pack.strikes?.note;
  const { source } = rule;
  const shown = (examples: Rule['mustMatch']): readonly string[] =>
    examples.map(({ shows, zh, text: prompt, client, signals }) => {
      const how = [
        client === undefined ? '' : `${say(text(`from`, `来自`))} \`${client}\``,
        ...(signals ?? []).map((signal) => `${say(text('seen: ', '观察到：'))}${nameSignal(signal, language)}`),
      ];
      const told = how.filter((each) => each !== '');
      if (language === 'en') return `- ${shows}: "${prompt}"${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
      return `- ${zh ?? shows}：“${prompt}”${told.length === 0 ? '' : `（${told.join('，')}）`}`;
    });
  const seen = SEEN[rule.match.by](rule, language);
  return [
    `# ${pack.name}${say(text(': ', '：'))}${words.title}`,
    '',
    say(
      text(
        `\`${rule.id}\` in pack \`${pack.id}\` of ${pack.version}. ${stands(rule)}`,
        `规则 \`${rule.id}\`，条款包 \`${pack.id}\`，版本 ${pack.version}。${standsZh(rule)}`,
      ),
    ),
    '',
    words.says,
    '',
    `> ${rule.quote}`,
    '',
    say(
      text(
        `${pack.vendor}, <${source.url}>, read ${source.readOn}.${doubt === undefined ? '' : ` ${doubt}`}`,
        `${pack.vendor}，<${source.url}>，读取于 ${source.readOn}。${doubt ?? ''}`,
      ),
    ),
    '',
    say(text('## What to do', '## 怎么办')),
    '',
    linked(words.advice),
    '',
    `${say(text('To object: ', '申诉：'))}${linked(words.appeal)}`,
    '',
    say(text('## How Planward sees it', '## Planward 如何判断')),
    '',
    say(
      text(
        `${seen} Severity: ${rule.severity}. A flag is a risk under these words, not a verdict by ${pack.vendor}.`,
        `${seen}严重程度：${SEVERITY[rule.severity]}。标记只表示在这些条款下的风险，并非 ${pack.vendor} 的裁定。`,
      ),
    ),
    '',
    say(text('Flagged:', '会标记：')),
    '',
    ...shown(rule.mustMatch),
    '',
    say(text('Not flagged:', '不会标记：')),
    '',
    ...shown(rule.mustNotMatch),
    '',
    say(text('## What is known of enforcement', '## 已知的执行情况')),
    '',
    linked(words.enforcement),
    '',
    ...(strikes === undefined ? [] : [strikes, '']),
    say(text('## Not known', '## 未知')),
    '',
    ...notKnown.map((each) => `- ${each}`),
    '',
  ].join('\n');
}

/** Addresses in angle brackets: what follows one is taken into it otherwise, where no blank stands between. */
function linked(words: string): string {
  return words.replaceAll(/(?<!<)https:\/\/[\w./?#=&%~-]*[\w/]/g, '<$&>');
}

const SEVERITY = { info: '提示', warning: '警告', serious: '严重' } as const;

const SIGNALS: Readonly<Record<Signal, string>> = {
  unattended: '无人值守',
  batch: '批量请求',
  'raw-api': '直接调用 API',
  forwarded: '经由其他网关',
  'several-people': '多人共用',
  'foreign-login': '借用其他程序的登录',
};

function nameSignal(signal: Signal, language: Language): string {
  return language === 'zh' ? SIGNALS[signal] : signal;
}

function stands({ from, until, providers }: Rule): string {
  const where = providers === undefined ? '' : ` for ${providers.map((each) => `\`${each}\``).join(', ')}`;
  if (until !== undefined)
    return `It stood${where} from ${from ?? 'an unknown day'} until ${until}; another wording has its place.`;
  return from === undefined ? `It stands${where}; since when is not known.` : `It stands${where} since about ${from}.`;
}

function standsZh({ from, until, providers }: Rule): string {
  const where = providers === undefined ? '' : `（适用于 ${providers.map((each) => `\`${each}\``).join('、')}）`;
  if (until !== undefined) return `自 ${from ?? '不详'} 起至 ${until} 有效${where}，现已被其他表述取代。`;
  return from === undefined ? `现行有效${where}，起始日期不详。` : `约自 ${from} 起有效${where}。`;
}

const SEEN = {
  task: (_rule: Rule, language: Language) =>
    text(
      'By the wording of the newest turn, earlier turns, tools and client, added up (docs/scope-model.md).',
      '综合最新一轮的措辞、之前的轮次、工具与客户端相加得出（docs/scope-model.md）。',
    )[language],
  tool: ({ match }: Rule, language: Language) => {
    const standing = match.by === 'tool' ? match.standing.join(language === 'zh' ? '、' : ' or ') : '';
    return text(
      `By the name of the client: ${standing} in the pack's list. A client that nobody recognised is not flagged.`,
      `按客户端名称：在条款包清单中属于 ${standing}。未能识别的客户端不会标记。`,
    )[language];
  },
  signal: ({ match }: Rule, language: Language) => {
    const names = match.by === 'signal' ? match.anyOf.map((each) => nameSignal(each, language)) : [];
    return text(
      `By the way a request comes: ${names.join(', ')}. Where none of these can be seen, nothing is flagged.`,
      `按请求的到来方式：${names.join('、')}。看不到这些迹象时不会标记。`,
    )[language];
  },
} as const;
