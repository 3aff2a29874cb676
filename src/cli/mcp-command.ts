import { join } from 'node:path';
import type { Command } from './command.ts';

/** A Model Context Protocol server on stdio, until the client closes it. In a bundle of its own, loaded here. */
export const mcpCommand: Command = {
  name: 'mcp',
  usage: '[--home DIR]',
  summary: 'a read-only MCP server on stdio: plan_status, check_prompt, explain_error',
  async run() {
    await import(join(__dirname, 'mcp.cjs'));
    return 0;
  },
};
