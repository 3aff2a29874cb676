import { join } from 'node:path';
import { startProgram } from '../scripts/long-running.ts';
import { installAgent } from '../test/agents/real/install-agent.ts';
import { freePort } from '../test/support/free-port.ts';
import type { Target } from './targets.ts';
import { STREAM_FIELD } from './traffic.ts';

const GATEWAY = { id: 'portkey-gateway', version: '1.15.2', packageName: '@portkey-ai/gateway' };

/**
 * Portkey's gateway from npm, in the folder that real agents are installed in, in front of one origin. Where to send a request
 * stands in the request itself, so it has a path and fields of its own.
 */
export async function startPortkey(
  origin: string,
): Promise<{ readonly ok: true; readonly target: Target } | { readonly ok: false; readonly reason: string }> {
  const installed = await installAgent(GATEWAY);
  if (!installed.ok) return installed;
  const port = await freePort();
  const file = join(installed.folder, 'node_modules', GATEWAY.packageName, 'build', 'start-server.js');
  const program = await startProgram(process.execPath, [file, `--port=${port}`, '--headless'], {
    ready: /Ready for connections/,
    timeoutMs: 30_000,
  });
  const fields = [
    'x-api-key: sk-bench-000',
    'x-portkey-provider: anthropic',
    `x-portkey-custom-host: ${origin}/v1`,
    `x-portkey-forward-headers: ${STREAM_FIELD}`,
  ];
  const { pid, stop } = program;
  return { ok: true, target: { name: 'portkey', port, path: '/v1/messages', fields, pid, recorded: undefined, stop } };
}
