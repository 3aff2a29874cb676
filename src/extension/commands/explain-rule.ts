import { window } from 'vscode';
import { packs } from '../../policies/list.ts';
import { rulePage } from '../../policies/rule-page.ts';
import { languageOf } from '../../core/text.ts';
import { findRule, formatDay, ruleWords, type RuleInPack } from '../present/flag-words.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Shows what a rule says, its source and how to object: the rule of a flag, `pack/rule`, or one that is chosen. */
export async function explainRule(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, pages, prompts } = deps;
  const { t } = voice;
  const named = subjectOf(argument);
  let found: RuleInPack | undefined;
  if (named === undefined) {
    found = await chooseRule(deps);
    if (found === undefined) return;
  } else {
    const flag = state.current().snapshot?.flags.find(({ id }) => id === named);
    const [packId = '', ruleId = ''] = flag === undefined ? named.split('/') : [flag.packId, flag.ruleId];
    found = findRule(packId, ruleId, [...(state.current().snapshot?.userPacks ?? []), ...prompts.userPacks()]);
    if (found === undefined) return sayDone(t('This rule is in a pack that Planward here does not hold.'));
  }
  const { pack, rule } = found;
  await pages.showMarkdown(
    `${pack.id} ${rule.id.replaceAll(/[^\w.-]/g, '-')}.md`,
    rulePage(pack, rule, languageOf(voice.locale)),
  );
}

async function chooseRule({ voice, state, prompts }: CommandDeps): Promise<RuleInPack | undefined> {
  const own = [...(state.current().snapshot?.userPacks ?? []), ...prompts.userPacks()];
  const known = [...new Map([...packs, ...own].map((pack) => [pack.id, pack])).values()];
  const rows = known.flatMap((pack) =>
    pack.rules.map((rule) => ({
      label: `${pack.name}: ${ruleWords(voice, rule).title}`,
      description: voice.t('read {0}', formatDay(voice, rule.source.readOn)),
      detail: ruleWords(voice, rule).says,
      found: { pack, rule },
    })),
  );
  const options = { title: voice.t('Planward: explain a rule'), matchOnDetail: true };
  return (await window.showQuickPick(rows, options))?.found;
}
