import type { PolicyPack, Rule } from '../core/policy-pack.ts';

/** The page that explains a rule, from the project's top folder: `docs/rules/zai-task-scope.md`. */
export function rulePagePath(packId: string, ruleId: string): string {
  return `docs/rules/${packId}-${ruleId.replaceAll(/[:.]/g, '-')}.md`;
}

/** The page itself, as Markdown. */
export function rulePage(pack: PolicyPack, rule: Rule): string {
  const { source } = rule;
  const shown = (examples: Rule['mustMatch']): readonly string[] =>
    examples.map(({ shows, text, client, signals }) => {
      const how = [
        client === undefined ? '' : `from \`${client}\``,
        ...(signals ?? []).map((signal) => `seen: ${signal}`),
      ];
      const detail = how.filter((each) => each !== '').join(', ');
      return `- ${shows}: "${text}"${detail === '' ? '' : ` (${detail})`}`;
    });
  return [
    `# ${pack.name}: ${rule.title}`,
    '',
    `\`${rule.id}\` in pack \`${pack.id}\` of ${pack.version}. ${stands(rule)}`,
    '',
    rule.says,
    '',
    `> ${rule.quote}`,
    '',
    `${pack.vendor}, <${source.url}>, read ${source.readOn}.${source.doubt === undefined ? '' : ` ${source.doubt}`}`,
    '',
    '## What to do',
    '',
    rule.advice,
    '',
    `To object: ${rule.appeal}`,
    '',
    '## How Planward sees it',
    '',
    `${SEEN[rule.match.by](rule)} Severity: ${rule.severity}. A flag is a risk under these words, not a verdict by ${pack.vendor}.`,
    '',
    'Flagged:',
    '',
    ...shown(rule.mustMatch),
    '',
    'Not flagged:',
    '',
    ...shown(rule.mustNotMatch),
    '',
    '## What is known of enforcement',
    '',
    rule.enforcement,
    '',
    ...(pack.strikes === undefined ? [] : [pack.strikes.note, '']),
    '## Not known',
    '',
    ...pack.notKnown.map((each) => `- ${each}`),
    '',
  ].join('\n');
}

function stands({ from, until, providers }: Rule): string {
  const where = providers === undefined ? '' : ` for ${providers.map((each) => `\`${each}\``).join(', ')}`;
  if (until !== undefined)
    return `It stood${where} from ${from ?? 'an unknown day'} until ${until}; another wording has its place.`;
  return from === undefined ? `It stands${where}; since when is not known.` : `It stands${where} since about ${from}.`;
}

const SEEN = {
  task: () => 'By the wording of the newest turn, earlier turns, tools and client, added up (docs/scope-model.md).',
  tool: ({ match }: Rule) =>
    `By the name of the client: ${match.by === 'tool' ? match.standing.join(' or ') : ''} in the pack's list. A client that nobody recognised is not flagged.`,
  signal: ({ match }: Rule) =>
    `By the way a request comes: ${match.by === 'signal' ? match.anyOf.join(', ') : ''}. Where none of these can be seen, nothing is flagged.`,
} as const;
