import type { NamedTool } from '../core/policy-pack.ts';
import type { ClientKind } from '../core/request-facts.ts';

type Client = Omit<NamedTool, 'standing'>;

/** Clients that terms speak of, and what they are made for. Ids are those of the agents room where it knows them. */
const CLIENTS: readonly Client[] = [
  { id: 'claude-code', name: 'Claude Code', kind: 'coding' },
  { id: 'claude-for-ide', name: 'Claude for IDE', kind: 'coding' },
  { id: 'zcode', name: 'ZCode', kind: 'coding' },
  { id: 'opencode', name: 'OpenCode', kind: 'coding' },
  { id: 'pi', name: 'Pi', kind: 'coding' },
  { id: 'cursor', name: 'Cursor', kind: 'coding' },
  { id: 'cline', name: 'Cline', kind: 'coding' },
  { id: 'trae', name: 'TRAE', kind: 'coding' },
  { id: 'qoder', name: 'Qoder', kind: 'coding' },
  { id: 'droid', name: 'Droid', kind: 'coding' },
  { id: 'kilo-code', name: 'Kilo Code', kind: 'coding' },
  { id: 'roo-code', name: 'Roo Code', kind: 'coding' },
  { id: 'crush', name: 'Crush', kind: 'coding' },
  { id: 'goose', name: 'Goose', kind: 'coding' },
  { id: 'eigent', name: 'Eigent', kind: 'coding' },
  { id: 'codex', name: 'Codex', kind: 'coding' },
  { id: 'copilot', name: 'GitHub Copilot', kind: 'coding' },
  { id: 'continue', name: 'Continue', kind: 'coding' },
  { id: 'aider', name: 'Aider', kind: 'coding' },
  { id: 'zed', name: 'Zed', kind: 'coding' },
  { id: 'gemini-cli', name: 'Gemini CLI', kind: 'coding' },
  { id: 'antigravity', name: 'Antigravity', kind: 'coding' },
  { id: 'kimi-cli', name: 'Kimi CLI', kind: 'coding' },
  { id: 'qwen-code', name: 'Qwen Code', kind: 'coding' },
  { id: 'openclaw', name: 'OpenClaw', kind: 'general' },
  { id: 'hermes-agent', name: 'Hermes Agent', kind: 'general' },
  { id: 'sillytavern', name: 'SillyTavern', kind: 'general' },
  { id: 'dify', name: 'Dify', kind: 'general' },
  { id: 'n8n', name: 'n8n', kind: 'general' },
  { id: 'coze', name: 'Coze', kind: 'general' },
  { id: 'postman', name: 'Postman', kind: 'general' },
  { id: 'insomnia', name: 'Insomnia', kind: 'general' },
];

/** What a client is made for; `unknown` for one that is not listed. */
export function kindOfClient(id: string | undefined): ClientKind {
  return CLIENTS.find((client) => client.id === id)?.kind ?? 'unknown';
}

/** Clients of a pack's terms, by ids that stand in the list above. Throws for one that does not: a bug in the pack. */
export function toolsNamed(standing: NamedTool['standing'], ids: string): readonly NamedTool[] {
  return ids.split(' ').map((id) => {
    const client = CLIENTS.find((each) => each.id === id);
    if (client === undefined) throw new Error(`${id} is not in the list of clients`);
    return { ...client, standing };
  });
}
