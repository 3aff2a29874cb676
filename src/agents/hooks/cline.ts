import { text } from '../../core/text.ts';
import type { AgentHook, HookProgram, HookSays } from '../../core/hook.ts';
import { variable } from '../config-folder.ts';
import { asRecord, asText } from '../conversation.ts';
import { askSource, pluginHead, replyToPlugin } from './plugin-call.ts';
import { readPrompt } from './prompt-texts.ts';

/**
 * Two surfaces, since the program has two faces (seen at 3.0.65; docs.cline.bot/customization/hooks, docs.cline.bot/sdk/plugins):
 * an executable hook file, whose `cancel` the VS Code extension heeds and whose answer the command line does not wait for;
 * and a plugin, whose `beforeRun` the command line waits for. A plugin that throws ends the run with its message.
 */
export const clineHook: AgentHook = {
  agentId: 'cline',
  tools: ['read_files', 'editor', 'run_commands'],
  read(input) {
    const record = asRecord(input);
    const plugin = asText(record['plugin']) !== '';
    const prompt = plugin ? record['prompt'] : asRecord(record['userPromptSubmit'])['prompt'];
    if (typeof prompt !== 'string') return undefined;
    const parent = record['parent_agent_id'];
    const turn = readPrompt(prompt);
    const kind = turn.kind === 'user-turn' && typeof parent === 'string' && parent !== '' ? 'sub-agent' : turn.kind;
    return { ...turn, kind, session: asText(record['taskId']) || undefined, providerId: undefined };
  },
  reply: (says) => replyToPlugin(says),
  install(places, program) {
    const root = variable(places, 'CLINE_DIR') ?? `${places.userHome}/.cline`;
    return [
      { kind: 'file', path: `${root}/plugins/planward.js`, text: pluginText(program), executable: false },
      {
        kind: 'file',
        path: `${root}/hooks/UserPromptSubmit`,
        text: `#!/bin/sh\n# Planward: asks before a prompt is taken up; whatever goes wrong lets it through.\n${program.shellLine('cline-file')}\n`,
        executable: true,
      },
    ];
  },
  notes: [
    text(
      'In VS Code Cline runs hook files only where "Enable Hooks" is on in its settings.',
      '在 VS Code 中，Cline 仅在其设置中启用“Enable Hooks”时才运行钩子文件。',
    ),
    text('A running session keeps its plugins: start it again.', '正在运行的会话会保留其插件：请重新启动会话。'),
  ],
};

/** The hook file of the same agent: its own form of answer. */
export const clineFileHook: AgentHook = {
  ...clineHook,
  reply: (says) => JSON.stringify(fileAnswer(says)),
  install: () => [],
};

function fileAnswer(says: HookSays | undefined): object {
  const stopped = says?.act === 'block';
  return { cancel: stopped, contextModification: '', errorMessage: stopped ? says.text : '' };
}

function pluginText(program: HookProgram): string {
  return `${pluginHead('cline')}
${askSource(program, 'cline')}

function promptOf(snapshot) {
  const message = (snapshot?.messages ?? []).findLast((each) => each.role === 'user');
  const parts = Array.isArray(message?.content) ? message.content : [];
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('\\n');
}

export default {
  name: 'planward',
  manifest: { capabilities: ['hooks'] },
  hooks: {
    async beforeRun({ snapshot }) {
      let says;
      try {
        says = await ask({
          plugin: 'beforeRun',
          prompt: promptOf(snapshot),
          taskId: snapshot?.conversationId,
          parent_agent_id: snapshot?.parentAgentId ?? null,
        });
        if (says?.act === 'warn') await print(says.text);
      } catch {}
      if (says?.act === 'block') throw new Error(says.text);
    },
  },
};
`;
}
