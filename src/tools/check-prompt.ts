import * as z from 'zod';
import { kindOfClient } from '../policies/clients.ts';
import { DEFAULT_PROVIDER } from '../policies/default-provider.ts';
import { packFor, packs } from '../policies/list.ts';
import type { Judge } from '../scope/judge.ts';
import { openJudge } from '../scope/open-judge.ts';
import type { ReadOnlyTool } from './tool.ts';

const input = z.object({
  text: z.string().min(1).max(100_000).describe('The prompt, as it would be sent.'),
  provider: z
    .string()
    .optional()
    .describe(`Id of the provider whose terms hold; ${DEFAULT_PROVIDER} where absent. Known: ${knownProviders()}.`),
  agent: z.string().optional().describe('Id of the coding agent that would send it, where known.'),
});

let judge: Judge | undefined;

/** Whether a prompt is inside the terms of a coding plan. Judged here; nothing is flagged and nothing kept. */
export const checkPromptTool: ReadOnlyTool = {
  name: 'check_prompt',
  title: 'Check a prompt',
  says: 'Whether a prompt is inside the terms of a coding plan, and why.',
  description:
    'Judges on this machine whether a prompt is work that a coding plan’s terms cover: in scope, unsure, or out of scope, with the ' +
    'probability, the rule, and the words that speak for it. Ask it before handing tasks on that may not be about software. It is a ' +
    'risk under published terms, not the provider’s verdict. The text is not sent anywhere and not kept.',
  input,
  async answer(given, { now }) {
    const { text, provider = DEFAULT_PROVIDER, agent } = input.parse(given);
    const pack = packFor(provider);
    if (pack === undefined) return `No terms of "${provider}" are known. Known: ${knownProviders()}.`;
    judge ??= openJudge();
    const verdict = judge(
      { text, ...(agent === undefined ? {} : { client: agent }), clientKind: kindOfClient(agent) },
      pack,
      { now: now(), providerId: provider },
    );
    const { decision, pOffScope, category, ruleId, packVersion, reason, evidence, findings } = verdict;
    const rule = pack.rules.find(({ id }) => id === ruleId);
    const about = category === undefined || decision === 'in-scope' ? '' : `, it reads as ${category}`;
    return [
      `${decision} (${Math.round(pOffScope * 100)}% not coding${about}; reason: ${reason})`,
      ...(rule === undefined
        ? [`${pack.name}: no rule on tasks is in force.`]
        : [`Rule ${rule.id} of ${pack.name}, terms read ${packVersion}: ${rule.says}`]),
      ...findings
        .filter(({ ruleId: id }) => id !== ruleId)
        .map(({ ruleId: id, because }) => `Also rule ${id}: ${because}.`),
      ...(evidence.length === 0
        ? []
        : [
            `Evidence: ${evidence
              .slice(0, 6)
              .map(({ feature, weight }) => `${feature} (${weight > 0 ? '+' : ''}${weight.toFixed(1)})`)
              .join(', ')}; above 0 speaks for out of scope.`,
          ]),
      'This is a risk under published terms, not the provider’s verdict.',
    ].join('\n');
  },
};

function knownProviders(): string {
  return [...new Set(packs.flatMap(({ providers }) => providers))].join(', ');
}
