import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fetchSettings } from '../../../src/client/call-relay.ts';
import { findRelay } from '../../../src/client/find-relay.ts';
import type { Endpoint } from '../../../src/protocol/endpoint.ts';
import type { RelaySettings } from '../../../src/protocol/relay-settings.ts';
import { until } from '../until.ts';

const HOME = process.env['PLANWARD_HOME'] ?? '';

async function endpoint(): Promise<Endpoint> {
  let found = await findRelay(HOME);
  await until(async () => {
    found = await findRelay(HOME);
    return found.ok;
  }, 15_000);
  if (!found.ok) throw new Error(found.message);
  return found.endpoint;
}

async function relaySettings(): Promise<RelaySettings> {
  const called = await fetchSettings(await endpoint());
  if (!called.ok) throw new Error(called.message);
  return called.value;
}

async function set(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('planward').update(key, value, vscode.ConfigurationTarget.Global);
}

/** What a terminal opened now finds in a variable; empty where it is not set. */
async function inTerminal(variable: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pw-term-'));
  const file = join(folder, 'value');
  const script = `printf %s "$${variable}" > "${file}.part"; mv "${file}.part" "${file}"`;
  const terminal = vscode.window.createTerminal({ name: 'probe', shellPath: '/bin/sh', shellArgs: ['-c', script] });
  try {
    await until(() => existsSync(file), 10_000);
    return readFileSync(file, 'utf8');
  } finally {
    terminal.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the surfaces', () => {
  it('send a machine setting to the relay, and its default when it is taken back', async () => {
    await endpoint();
    await set('providers.pollUsage', { kimi: false });
    await until(async () => (await relaySettings()).pollUsage['kimi'] === false, 10_000);
    await set('providers.pollUsage', undefined);
    await until(async () => Object.keys((await relaySettings()).pollUsage).length === 0, 10_000);
  });

  it('point terminals at the relay only while that is switched on, and tell the relay so', async () => {
    const { port } = await endpoint();
    assert.equal(await inTerminal('ANTHROPIC_BASE_URL'), '');
    await set('terminals.claudeCode', 'zai');
    try {
      await until(async () => (await relaySettings()).routedAgents.includes('claude-code'), 10_000);
      const wanted = `http://127.0.0.1:${port}/@claude-code/zai/api/anthropic`;
      // A change reaches VS Code's terminal service a moment later, without a sign.
      await until(async () => (await inTerminal('ANTHROPIC_BASE_URL')) === wanted, 10_000);
      assert.match(await inTerminal('NO_PROXY'), /127\.0\.0\.1/);
    } finally {
      await set('terminals.claudeCode', undefined);
    }
    await until(async () => !(await relaySettings()).routedAgents.includes('claude-code'), 10_000);
    await until(async () => (await inTerminal('ANTHROPIC_BASE_URL')) === '', 10_000);
  });

  it('copy diagnostics that hold no token and no path of the user', async () => {
    const { token } = await endpoint();
    await vscode.commands.executeCommand('planward.copyDiagnostics');
    const report = await vscode.env.clipboard.readText();
    assert.match(report, /^### Planward diagnostics/);
    assert.match(report, /connection live/);
    assert.ok(!report.includes(token), 'the token is in the report');
    assert.ok(!report.includes(`${homedir()}/`), 'the home folder is in the report');
  });

  it('restart the relay on the same port when the user asks', async () => {
    const before = await endpoint();
    await vscode.commands.executeCommand('planward.restartRelay');
    await until(async () => {
      const found = await findRelay(HOME);
      return found.ok && found.endpoint.pid !== before.pid;
    }, 15_000);
    assert.equal((await endpoint()).port, before.port);
  });
});
