// dist/mcp.cjs: `planward mcp`, a read-only Model Context Protocol server on stdio.
import { homedir } from 'node:os';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { homeFolder } from '../protocol/home.ts';
import { createMcpServer } from './serve.ts';

declare const PLANWARD_VERSION: string | undefined;

const at = process.argv.indexOf('--home');
const home = (at < 0 ? undefined : process.argv[at + 1]) ?? homeFolder(process.env, homedir());
const version = typeof PLANWARD_VERSION === 'undefined' ? 'development' : PLANWARD_VERSION;
const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
void createMcpServer(version, { home, now: Date.now, timeZone }).connect(new StdioServerTransport());
