import type { Evidence } from '../core/verdict.ts';
import type { RequestFacts } from '../core/request-facts.ts';

/** Words in tool names, after splitting at `_`, `-`, `.`, and inner capitals. */
const CODING_TOOL = new Set(
  'read edit write bash shell exec execute command terminal grep glob ls patch replace file files code lint test tests git diff notebook repo repository commit build lsp symbol definition directory str insert workspace process run problems compile debug'.split(
    ' ',
  ),
);
const LIFE_TOOL = new Set(
  'mail gmail email emails inbox outlook calendar event events reminder reminders message messages sms whatsapp telegram signal imessage slack discord browser navigate click type weather music playlist spotify home light lights thermostat device devices booking flight flights hotel shop cart order contacts photos camera voice tts speak notes maps restaurant payment bank alarm timer news podcast canvas nodes social tweet post'.split(
    ' ',
  ),
);

const COMPANION =
  /\b(role-?play(ing)?|in character|persona|companion|girlfriend|boyfriend|waifu|your (creator|master)|personal assistant|family assistant)\b|角色扮演|人设|陪伴|女友|男友|私人助理|生活助理/i;
const CHANNEL = /\b(whatsapp|telegram|imessage|sms|wechat|direct message|group chat|discord dm)\b|微信|群聊|飞书/i;
const CODE_FILE =
  /\.(?:[cm]?[jt]sx?|py|rs|go|java|kt|swift|c|cc|cpp|h|hpp|cs|rb|php|sql|sh|bash|ps1|ya?ml|toml|json|html?|s?css|vue|svelte|tf|gradle|ipynb|proto|lua|dart|ex|scala)(?![a-z0-9])/i;
const STACK_TRACE = /Traceback \(most recent|^[ \t]{1,12}at \S{1,200} \(|^@@ -\d|panicked at|(?:Error|Exception): /m;

const CONTEXT_LIMIT = 3;

/** Names remembered with what they are for; agents send the same list with every request. */
const MOST_REMEMBERED = 2000;

/**
 * Makes the reader of context: terms that tools, client, system prompt and turn kind give, as readable log-odds, their sum
 * held to -3..3. It remembers the tool names it has seen.
 */
export function createContextReader(): (facts: RequestFacts) => readonly Evidence[] {
  const remembered = new Map<string, ToolPurpose>();
  const purposeOf = (tool: string): ToolPurpose => {
    const known = remembered.get(tool);
    if (known !== undefined) return known;
    const purpose = purposeFrom(tool);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(tool, purpose);
    return purpose;
  };
  return (facts) => {
    const found: Evidence[] = [];
    const tools = weighTools(facts.tools ?? [], purposeOf);
    if (tools !== undefined) found.push(tools);
    if (facts.clientKind === 'coding') found.push({ feature: 'coding client', weight: -1.75, where: 'client' });
    if (facts.clientKind === 'general') found.push({ feature: 'general agent', weight: 1.2, where: 'client' });
    const system = facts.system?.slice(0, 4000);
    if (system !== undefined && facts.clientKind !== 'coding') {
      if (COMPANION.test(system)) found.push({ feature: 'persona in the system prompt', weight: 1.5, where: 'system' });
      else if (CHANNEL.test(system)) found.push({ feature: 'chat channel', weight: 0.8, where: 'system' });
    }
    const sum = found.reduce((total, { weight }) => total + weight, 0);
    if (Math.abs(sum) <= CONTEXT_LIMIT) return found;
    return found.map((term) => ({ ...term, weight: (term.weight * CONTEXT_LIMIT) / Math.abs(sum) }));
  };
}

type ToolPurpose = 'coding' | 'life' | 'other';

function purposeFrom(tool: string): ToolPurpose {
  const words = tool
    .slice(0, 80)
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => LIFE_TOOL.has(word))) return 'life';
  return words.some((word) => CODING_TOOL.has(word)) ? 'coding' : 'other';
}

function weighTools(tools: readonly string[], purposeOf: (tool: string) => ToolPurpose): Evidence | undefined {
  let coding = 0;
  let life = 0;
  for (let i = 0; i < tools.length && i < 100; i++) {
    const purpose = purposeOf(tools[i]!);
    if (purpose === 'life') life++;
    else if (purpose === 'coding') coding++;
  }
  if (coding + life === 0) return undefined;
  const balance = (life - coding) / (life + coding);
  const weight = 2.5 * balance * Math.min(1, (coding + life + 1) / 3);
  if (Math.abs(weight) < 0.3) return { feature: 'coding and other tools', weight, where: 'tools' };
  return { feature: weight < 0 ? 'coding tools' : 'mail, calendar, chat or browser tools', weight, where: 'tools' };
}

/** Signs of code that stand apart from the wording: a fence, a stack trace or diff, source files named or attached. */
export function codeEvidence(facts: RequestFacts, text: string, fences: number): readonly Evidence[] {
  const found: Evidence[] = [];
  if (fences > 0) found.push({ feature: 'code fence', weight: -1, where: 'text' });
  if (STACK_TRACE.test(text)) found.push({ feature: 'stack trace or diff', weight: -1.5, where: 'text' });
  if (CODE_FILE.test(text)) found.push({ feature: 'source file named', weight: -0.7, where: 'text' });
  if ((facts.files ?? []).slice(0, 50).some((name) => CODE_FILE.test(name.slice(-60)))) {
    found.push({ feature: 'source file attached', weight: -1.2, where: 'text' });
  }
  return found;
}
