import type { AgentClues } from '../core/agent.ts';
import { header } from '../core/provider.ts';

/**
 * How sure a clue makes us. A name in the headers is the client's own statement. A phrase of the body may also be quoted by a
 * user who talks about that agent, so it needs the agent's tools beside it to weigh as much.
 */
export const SURE = { header: 0.98, phraseAndTools: 0.9, tools: 0.7, phrase: 0.6 } as const;

/** True where a header's value matches; false where the header is absent. */
export function headerMatches(clues: AgentClues, name: string, pattern: RegExp): boolean {
  const value = header(clues.headers, name);
  return value !== undefined && pattern.test(value);
}

/** What the start of a body says for an agent. One of its phrases is enough; of its tools it takes three (or all, if fewer). */
export function bodyConfidence(
  { bodyStart, toolNames: known }: AgentClues,
  marks: { readonly phrases: readonly string[]; readonly tools: readonly string[] },
): number {
  if (bodyStart === '') return 0;
  const toolNames = known ?? toolNamesIn(bodyStart);
  const phrase = marks.phrases.some((text) => bodyStart.includes(text));
  const named = marks.tools.filter((tool) => toolNames.has(tool)).length;
  const tools = marks.tools.length > 0 && named >= Math.min(3, marks.tools.length);
  if (phrase && tools) return SURE.phraseAndTools;
  if (tools) return SURE.tools;
  return phrase ? SURE.phrase : 0;
}

const NAME = '"name":';
const MAX_NAME = 80;

/** Values of `"name":"read_files"`, with or without a blank; tools are among them. In a JSON string the quotes would be escaped. */
export function toolNamesIn(bodyStart: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = bodyStart.indexOf(NAME); at >= 0; at = bodyStart.indexOf(NAME, at + NAME.length)) {
    let from = at + NAME.length;
    if (bodyStart[from] === ' ') from += 1;
    if (bodyStart[from] !== '"') continue;
    const to = bodyStart.indexOf('"', from + 1);
    if (to < 0) break;
    if (to - from <= MAX_NAME) names.add(bodyStart.slice(from + 1, to));
  }
  return names;
}
