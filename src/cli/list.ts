import { checkCommand } from './check-command.ts';
import type { Command } from './command.ts';
import { connectCommand } from './connect-command.ts';
import { demoCommand } from './demo-command.ts';
import { disconnectCommand } from './disconnect-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { explainCommand } from './explain-command.ts';
import { exportCommand } from './export-command.ts';
import { hookCommand } from './hook-command.ts';
import { mcpCommand } from './mcp-command.ts';
import { relayCommand } from './relay-command.ts';
import { reportCommand } from './report-command.ts';
import { serviceCommand } from './service-command.ts';
import { statusCommand } from './status-command.ts';
import { statuslineCommand } from './statusline-command.ts';
import { transcriptsCommand } from './transcripts-command.ts';

/** Every command of `planward`. */
export const commands: readonly Command[] = [
  relayCommand,
  statusCommand,
  checkCommand,
  explainCommand,
  reportCommand,
  exportCommand,
  connectCommand,
  disconnectCommand,
  doctorCommand,
  serviceCommand,
  hookCommand,
  statuslineCommand,
  transcriptsCommand,
  demoCommand,
  mcpCommand,
];
