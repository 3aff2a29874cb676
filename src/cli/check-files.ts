import { packAge, rulesInForce, type PolicyMoment, type PolicyPack } from '../core/policy-pack.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Judge, JudgeOptions } from '../scope/judge.ts';
import { promptsIn } from '../scope/prompts-in.ts';

type CheckedPrompt = Pick<Verdict, 'decision' | 'pOffScope' | 'category' | 'reason' | 'evidence' | 'findings'> & {
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly rule: string | undefined;
  readonly text: string;
};

export interface CheckedFile {
  readonly file: string;
  readonly prompts: readonly CheckedPrompt[];
}

/** Every prompt of a file judged, the two before it as context. */
export function checkFile(
  file: string,
  content: string,
  judge: Judge,
  pack: PolicyPack,
  options: JudgeOptions,
): CheckedFile {
  const prompts = promptsIn(content, file);
  return {
    file,
    prompts: prompts.map(({ text, line, column }, index) => {
      const previous = [prompts[index - 1]?.text, prompts[index - 2]?.text].filter((each) => each !== undefined);
      const verdict = judge({ text, previous }, pack, options);
      const { decision, pOffScope, category, reason, evidence, findings, ruleId: rule } = verdict;
      return {
        line: line + 1,
        column: column + 1,
        decision,
        pOffScope,
        category,
        reason,
        rule,
        findings,
        evidence,
        text,
      };
    }),
  };
}

/** What was found, for a terminal. */
export function drawFiles(files: readonly CheckedFile[], pack: PolicyPack, moment: PolicyMoment): string {
  const lines: string[] = [];
  const all = files.flatMap(({ prompts }) => prompts);
  for (const { file, prompts } of files) {
    for (const prompt of prompts) {
      if (prompt.decision === 'in-scope') continue;
      const about = prompt.category === undefined ? '' : ` (${prompt.category})`;
      const percent = `${Math.round(prompt.pOffScope * 100)}%`;
      lines.push(
        `${file}:${prompt.line}:${prompt.column}  ${prompt.decision}${about} ${percent}  "${short(prompt.text)}"`,
      );
      if (prompt.decision === 'out-of-scope') {
        const because = prompt.evidence.slice(0, 4).map(({ feature, weight }) => `${feature} ${signed(weight)}`);
        lines.push(`    evidence: ${because.join(', ')}`);
      }
    }
  }
  const out = all.filter(({ decision }) => decision === 'out-of-scope').length;
  const unsure = all.filter(({ decision }) => decision === 'unsure').length;
  lines.push(`${all.length} prompts: ${all.length - out - unsure} in scope, ${unsure} unsure, ${out} out of scope.`);
  const task = rulesInForce(pack, moment).find(({ match }) => match.by === 'task');
  const age = packAge(pack, moment.now);
  const old = age.stale ? ` That was ${age.days} days ago: the terms may have changed since.` : '';
  lines.push(
    task === undefined
      ? `${pack.vendor}'s terms (read ${pack.version}) hold no rule on tasks.${old}`
      : `${pack.vendor}'s terms (read ${task.source.readOn}): "${task.quote}" ${task.source.url}${old}`,
  );
  if (out > 0) lines.push('A flag is a risk, not a verdict by the provider.');
  return `${lines.join('\n')}\n`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;
}
