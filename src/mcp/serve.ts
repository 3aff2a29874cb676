import { McpServer } from '@modelcontextprotocol/server';
import { shownText } from '../core/shown-text.ts';
import { tools } from '../tools/list.ts';
import type { ToolDeps } from '../tools/tool.ts';

/** The tools as a Model Context Protocol server; the caller gives it a transport. */
export function createMcpServer(version: string, deps: ToolDeps): McpServer {
  const server = new McpServer({ name: 'planward', title: 'Planward', version });
  for (const { name, title, description, input, answer } of tools) {
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: input,
        annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      },
      async (given) => ({ content: [{ type: 'text', text: shownText(await answer(given, deps)) }] }),
    );
  }
  return server;
}
