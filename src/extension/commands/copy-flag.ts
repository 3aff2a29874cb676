import { env } from 'vscode';
import { nameAgent } from '../present/exchange-words.ts';
import { findRule, nameFlag, sayActed, sayEvidence } from '../present/flag-words.ts';
import { formatDate } from '../present/instant.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFlag } from './pick-flag.ts';
import { sayDone } from './say-failure.ts';

/** Copies a flag as plain lines, with the rule and where it stands. */
export async function copyFlag(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state } = deps;
  const { t } = voice;
  const flag = await pickFlag(deps, argument, t('Planward: copy a flag'));
  const { snapshot } = state.current();
  if (flag === undefined || snapshot === undefined) return;
  const found = findRule(flag.packId, flag.ruleId, snapshot.userPacks);
  const lines = [
    nameFlag(voice, flag, snapshot.userPacks),
    [
      nameAgent(snapshot, flag.agentId) ?? t('Unrecognised agent'),
      formatDate(voice, flag.at),
      sayActed(voice, flag),
    ].join(' · '),
    ...(flag.evidence.length === 0 ? [] : [t('Evidence: {0}', sayEvidence(voice, flag.evidence))]),
    `${flag.packId} ${flag.packVersion} · ${flag.ruleId}`,
    ...(found === undefined ? [] : [`${found.rule.quote} ${found.rule.source.url}`]),
  ];
  await env.clipboard.writeText(`${lines.join('\n')}\n`);
  sayDone(t('The flag is copied.'));
}
