import { findHook } from '../agents/hooks/list.ts';
import { languageOf } from '../core/text.ts';
import { homeFolder } from '../protocol/home.ts';
import type { JudgeAsk, JudgeSays } from '../protocol/judge-call.ts';
import { askRelay } from './ask-relay.ts';
import { hookText } from './hook-words.ts';

export interface HookCall {
  /** The agent, and `--provider ID`: whose terms hold where neither input nor environment say. `--home DIR`. */
  readonly argv: readonly string[];
  /** What the agent wrote to stdin. */
  readonly input: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly userHome: string;
  readonly now: () => number;
  /** Judges where no relay answers. */
  readonly alone: (home: string, asked: JudgeAsk, now: number) => JudgeSays;
}

const LONGEST = 100_000;

/**
 * Answers an agent's own prompt hook: asks the running relay, or judges by itself. Gives what goes to stdout; the exit code
 * is always 0. Says nothing where nothing is to be said, and where anything goes wrong. Never throws.
 */
export async function runHook(call: HookCall): Promise<string> {
  const [name = '', ...options] = call.argv;
  const hook = findHook(name);
  if (hook === undefined) return '';
  try {
    const turn = hook.read(JSON.parse(call.input), call.env);
    const providerId = turn?.providerId ?? optionOf(options, '--provider');
    if (turn === undefined || providerId === undefined) return hook.reply(undefined);
    const home = optionOf(options, '--home') ?? homeFolder(call.env, call.userHome);
    const asked: JudgeAsk = {
      agentId: hook.agentId,
      providerId,
      kind: turn.kind,
      text: turn.text.slice(0, LONGEST),
      tools: hook.tools,
      session: turn.session,
    };
    const says = (await askRelay(home, asked)) ?? call.alone(home, asked, call.now());
    const { act } = says;
    if (act === 'pass') return hook.reply(undefined);
    const { env } = call;
    const language = languageOf(env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG']);
    return hook.reply({ act, text: hookText(says, language) });
  } catch {
    return hook.reply(undefined);
  }
}

function optionOf(options: readonly string[], name: string): string | undefined {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
}
