import type { AgentHook, HookProgram } from '../../core/hook.ts';
import type { ConfigFile, Places } from '../../core/connection.ts';
import type { Text } from '../../core/text.ts';
import { asRecord, asText } from '../conversation.ts';
import { askSource, pluginHead, replyToPlugin } from './plugin-call.ts';
import { providerOfCatalogueId, readPrompt } from './prompt-texts.ts';

/** What differs between OpenCode and its forks. */
export interface OpenCodePlugin {
  readonly agentId: string;
  readonly files: (places: Places) => readonly ConfigFile[];
  readonly notes: readonly Text[];
}

/**
 * A plugin named in the list `plugin` of the configuration, by file URL: a file in the plugins folder would make the agent
 * fetch packages at its start. `chat.message` has the prompt before anything is sent, but what it throws is shown as a server
 * error without words (seen in kilo 7.7.7); so it asks there, and `chat.params`, which runs before each request, throws.
 */
export function openCodeHook({ agentId, files, notes }: OpenCodePlugin): AgentHook {
  return {
    agentId,
    tools: ['read', 'edit', 'bash', 'grep', 'glob'],
    read(input) {
      const { prompt, sessionID, providerID } = asRecord(input);
      if (typeof prompt !== 'string') return undefined;
      return {
        ...readPrompt(prompt),
        session: asText(sessionID) || undefined,
        providerId: providerOfCatalogueId(asText(providerID)),
      };
    },
    reply: (says) => replyToPlugin(says),
    install: (places, { folder }) => [
      { kind: 'entry', files: files(places), path: ['plugin'], value: fileUrl(`${folder}/${agentId}-plugin.js`) },
    ],
    ownFiles: (program) => ({ [`${agentId}-plugin.js`]: pluginText(program, agentId) }),
    notes,
  };
}

function fileUrl(path: string): string {
  const encoded = path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
  return `file://${encoded.startsWith('/') ? '' : '/'}${encoded}`;
}

function pluginText(program: HookProgram, agentId: string): string {
  return `${pluginHead(agentId)}
${askSource(program, agentId)}

/** Sessions whose newest prompt was stopped -> what is said. */
const stopped = new Map();

export const Planward = async ({ client }) => ({
  'chat.message': async (input, output) => {
    try {
      stopped.delete(input.sessionID);
      const prompt = output.parts.map((part) => (part.type === 'text' && !part.synthetic ? part.text : '')).join('\\n');
      const { providerID } = input.model ?? output.message.model ?? {};
      const says = await ask({ prompt, sessionID: input.sessionID, providerID });
      if (says?.act === 'block') stopped.set(input.sessionID, says.text);
      if (says?.act === 'warn') await warn(client, says.text);
    } catch {}
  },
  'chat.params': async (input) => {
    const text = stopped.get(input.sessionID);
    if (text !== undefined) throw new Error(text);
  },
});

/** In the terminal's own window as a toast; one-off runs print. */
async function warn(client, text) {
  if ((await ours)?.startedWith('run')) return print(text);
  const body = { title: 'Planward', message: text, variant: 'warning', duration: 15000 };
  client.tui.showToast({ body }).catch(() => {});
}
`;
}
