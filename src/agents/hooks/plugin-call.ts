import type { HookProgram, HookSays } from '../../core/hook.ts';

/** How our plugins are answered: `{"act", "text"}`, or nothing. */
export function replyToPlugin(says: HookSays | undefined): string {
  return says === undefined ? '' : JSON.stringify(says);
}

/** First lines of a plugin's source. */
export function pluginHead(agentId: string): string {
  return `// Planward: asks before a prompt is taken up; whatever goes wrong lets it through.
// Written by "planward connect ${agentId} --hooks", taken away by "planward disconnect ${agentId}".`;
}

/**
 * The function `ask(input)` of a plugin, as its source: gives what the program says of a prompt, undefined where it says
 * nothing or anything goes wrong, also where our own files are gone. `print(text)` writes to the terminal.
 */
export function askSource({ askUrl, providerId }: HookProgram, agentId: string): string {
  const words = [agentId, ...(providerId === undefined ? [] : ['--provider', providerId])];
  return `const ours = import(${JSON.stringify(askUrl)}).catch(() => undefined);
const ask = async (input) => (await ours)?.ask(${JSON.stringify(words)}, input);
const print = async (text) => (await ours)?.print(text);`;
}
