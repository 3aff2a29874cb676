import { text } from '../../core/text.ts';
import type { AgentHook, HookProgram } from '../../core/hook.ts';
import { asRecord, asText } from '../conversation.ts';
import { openclaw } from '../openclaw.ts';
import { askSource, pluginHead, replyToPlugin } from './plugin-call.ts';
import { providerOfCatalogueId, readPrompt } from './prompt-texts.ts';

const FOLDER = 'openclaw-plugin';

/**
 * A plugin with the typed hook `before_agent_reply`, which may answer without calling the model and goes on where it fails;
 * `before_agent_run` would stop the run where it fails (docs.openclaw.ai/plugins/hooks; seen at 2026.9.6). Such hooks of
 * plugins that are not bundled need `allowConversationAccess`.
 */
export const openclawHook: AgentHook = {
  agentId: 'openclaw',
  tools: ['read', 'edit', 'write', 'exec', 'process'],
  read(input) {
    const { prompt, sessionId, providerID, trigger } = asRecord(input);
    if (typeof prompt !== 'string') return undefined;
    const turn = readPrompt(prompt);
    const timed = trigger === 'cron' || trigger === 'heartbeat';
    return {
      ...turn,
      kind: turn.kind === 'user-turn' && timed ? 'scheduled' : turn.kind,
      session: asText(sessionId) || undefined,
      providerId: providerOfCatalogueId(asText(providerID)),
    };
  },
  reply: (says) => replyToPlugin(says),
  install(places, { folder }) {
    const files = openclaw.connection!.files(places);
    return [
      { kind: 'entry', files, path: ['plugins', 'load', 'paths'], value: `${folder}/${FOLDER}` },
      {
        kind: 'value',
        files,
        path: ['plugins', 'entries', 'planward'],
        value: { enabled: true, hooks: { allowConversationAccess: true } },
      },
    ];
  },
  ownFiles: (program) => ({
    [`${FOLDER}/package.json`]: json({
      name: 'planward',
      version: '1.0.0',
      type: 'module',
      openclaw: { extensions: ['./index.js'] },
    }),
    [`${FOLDER}/openclaw.plugin.json`]: json({
      id: 'planward',
      name: 'Planward',
      activation: { onStartup: true },
      configSchema: { type: 'object', additionalProperties: false },
    }),
    [`${FOLDER}/index.js`]: pluginText(program),
  }),
  notes: [
    text(
      'OpenClaw says at its start that it cannot verify where a local plugin came from: that is this one.',
      'OpenClaw 启动时会提示无法验证某个本地插件的来源：指的就是这个插件。',
    ),
    text(
      'A running gateway takes the plugin up by itself; if it does not: openclaw gateway restart.',
      '正在运行的网关会自动加载插件；如果没有，请运行 openclaw gateway restart。',
    ),
    text(
      'Where the file has a list plugins.allow, add "planward" to it.',
      '如果文件中有 plugins.allow 列表，请在其中加入 "planward"。',
    ),
  ],
};

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function pluginText(program: HookProgram): string {
  return `${pluginHead('openclaw')}
${askSource(program, 'openclaw')}

export default {
  id: 'planward',
  name: 'Planward',
  description: 'Says before a request leaves where a prompt is outside the terms of its plan.',
  register(api) {
    api.on(
      'before_agent_reply',
      async (event, ctx) => {
        const says = await ask({
          prompt: event.cleanedBody,
          sessionId: ctx?.sessionId,
          providerID: ctx?.modelProviderId,
          trigger: ctx?.trigger,
        });
        if (says?.act === 'block') return { handled: true, reply: { text: says.text } };
        if (says?.act === 'warn') {
          if (api.logger?.warn) api.logger.warn(says.text);
          else await print(says.text);
        }
      },
      { timeoutMs: 2500 },
    );
  },
};
`;
}
