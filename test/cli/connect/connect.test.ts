import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { endpointSchema } from '../../../src/protocol/endpoint.ts';
import { listen } from '../../support/loopback.ts';
import { startRelayProcess, type RelayProcess } from '../../support/relay-process.ts';
import { openCommandLine, type CommandLine } from './command-line.ts';

const SETTINGS = '.claude/settings.json';
const BEFORE =
  '{\n  // mine\n  "env": { "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic", "ANTHROPIC_AUTH_TOKEN": "sk-secret-1" }\n}\n';

async function withRelay(line: CommandLine): Promise<RelayProcess> {
  const relay = await startRelayProcess({ home: line.home, upstreams: {} });
  onTestFinished(async () => {
    await relay.stop();
  });
  return relay;
}

function routed({ home }: CommandLine): readonly string[] {
  return (JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')) as { routedAgents: string[] }).routedAgents;
}

describe('connect', () => {
  test('shows the diff without the key, tells the cost, and the file names the relay that runs', async () => {
    const line = openCommandLine();
    const file = line.put(SETTINGS, BEFORE);
    const relay = await withRelay(line);
    const ran = await line.run(['connect', 'claude-code']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('-  "env": { "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic"');
    expect(ran.out).toContain(`http://127.0.0.1:${relay.port}/@claude-code/zai/api/anthropic`);
    expect(ran.out).toContain('hides its own plan meter');
    expect(ran.out).not.toContain('sk-secret');
    expect(readFileSync(file, 'utf8')).toContain(`http://127.0.0.1:${relay.port}/@claude-code/zai/api/anthropic`);
    expect(routed(line)).toEqual(['claude-code']);

    expect(await line.run(['disconnect', 'claude-code'])).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(file, 'utf8')).toBe(BEFORE);
    expect(routed(line)).toEqual([]);
  });

  test('with --dry-run changes nothing and starts nothing', async () => {
    const line = openCommandLine();
    const file = line.put(SETTINGS, BEFORE);
    const ran = await line.run(['connect', 'claude-code', '--dry-run']);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('+  "env": { "ANTHROPIC_BASE_URL": "http://127.0.0.1:7526/@claude-code/zai');
    expect(readFileSync(file, 'utf8')).toBe(BEFORE);
    expect(existsSync(line.home)).toBe(false);
  });

  test('starts a relay where none runs, so that the agent has somebody to talk to', async () => {
    const line = openCommandLine();
    const file = line.put(SETTINGS, BEFORE);
    const ran = await line.run(['connect', 'claude-code', '--port', '0']);
    const { pid, port } = endpointSchema.parse(JSON.parse(readFileSync(join(line.home, 'endpoint.json'), 'utf8')));
    onTestFinished(async () => {
      process.kill(pid, 'SIGTERM');
      // Until it is gone it writes into its home.
      for (let i = 0; i < 100 && existsSync(`/proc/${pid}`); i++) await sleep(50);
    });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(file, 'utf8')).toContain(`http://127.0.0.1:${port}/`);
    expect(await fetch(`http://127.0.0.1:${port}/_planward/health`).then(({ status }) => status)).toBe(200);
  });

  test('with --no-start and no relay leaves the agent where it is', async () => {
    const line = openCommandLine();
    const file = line.put(SETTINGS, BEFORE);
    const ran = await line.run(['connect', 'claude-code', '--no-start']);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('nobody to talk to');
    expect(readFileSync(file, 'utf8')).toBe(BEFORE);
  });

  test('names what is in the way: a proxy, a file of the project', async () => {
    const line = openCommandLine();
    line.put(SETTINGS, BEFORE);
    const own = line.put(
      'project/.claude/settings.local.json',
      '{"env":{"ANTHROPIC_BASE_URL":"https://other.example"}}',
    );
    line.put('project/src/a.ts', '');
    const proxied = { HTTPS_PROXY: 'http://proxy.example', NO_PROXY: 'intranet' };
    const ran = await line.run(['connect', 'claude-code', '--dry-run'], proxied, join(line.userHome, 'project/src'));
    expect(ran.out).toContain('NO_PROXY=intranet,127.0.0.1,localhost');
    expect(ran.out).toContain(`${own} wins over`);
    expect(ran.out).toContain('https://other.example');
    const offered = await line.run(['connect', 'claude-code', '--dry-run', '--no-proxy'], proxied);
    expect(offered.out).toContain('"NO_PROXY": "intranet,127.0.0.1,localhost"');
    expect(offered.out).not.toContain('other.example');
  });

  test.each([
    [['connect', 'nobody'], 2, 'there is no agent "nobody"'],
    [['connect', 'claude-code', '--provider', 'nobody'], 1, 'There is no provider "nobody"'],
    [['connect', 'cline'], 1, 'has no configuration file yet'],
    [['connect', 'kilo-code'], 1, 'does not say which provider it uses'],
    [['connect', 'roo-code', '--provider', 'zai'], 1, 'is connected by hand'],
    [['connect', 'claude-code', '--wait', 'x'], 2, '--wait takes seconds'],
    [['disconnect'], 2, 'name one agent, or say --all'],
    [['service', 'dance'], 2, 'say install, remove or status'],
  ] as const)('%j ends with %i and a plain sentence', async (args, code, sentence) => {
    const line = openCommandLine();
    const ran = await line.run(args);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(sentence);
    expect(existsSync(join(line.home, 'journal.jsonl'))).toBe(false);
  });
});

describe('disconnect', () => {
  test('refuses a file that was changed since, shows how to go on, and then keeps the change', async () => {
    const line = openCommandLine();
    const file = line.put(SETTINGS, BEFORE);
    await withRelay(line);
    await line.run(['connect', 'claude-code']);
    writeFileSync(file, readFileSync(file, 'utf8').replace('// mine', '// mine, changed'));
    const refused = await line.run(['disconnect', 'claude-code']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('planward disconnect claude-code --our-keys');
    expect(routed(line)).toEqual(['claude-code']);
    expect(await line.run(['disconnect', 'claude-code', '--our-keys'])).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe(BEFORE.replace('// mine', '// mine, changed'));
    expect(routed(line)).toEqual([]);
  });

  test('--all puts back everything without a relay: noted, changed since, and never noted', async () => {
    const line = openCommandLine();
    const claude = line.put(SETTINGS, BEFORE);
    const kilo = line.put('.config/kilo/kilo.json', '{"provider":{"zai-coding-plan":{"options":{"apiKey":"k"}}}}');
    const stray = line.put('.codex/config.toml', '# mine\nopenai_base_url = "http://127.0.0.1:9/@codex/openai/v1"\n');
    line.put('.bashrc', 'alias a=b\nexport ANTHROPIC_BASE_URL=http://127.0.0.1:9/zai/api/anthropic\n');
    const relay = await withRelay(line);
    await line.run(['connect', 'claude-code']);
    await line.run(['connect', 'kilo-code']);
    writeFileSync(kilo, readFileSync(kilo, 'utf8').replace('{"provider"', '{"model":"x","provider"'));
    await relay.stop();
    const ran = await line.run(['disconnect', '--all']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(claude, 'utf8')).toBe(BEFORE);
    expect(readFileSync(kilo, 'utf8')).toBe('{"model":"x","provider":{"zai-coding-plan":{"options":{"apiKey":"k"}}}}');
    expect(readFileSync(stray, 'utf8')).toBe('# mine\nopenai_base_url = "https://api.openai.com/v1"\n');
    expect(ran.out).toContain('.bashrc:2 still names');
    expect(routed(line)).toEqual([]);
    expect((await line.run(['disconnect', '--all'])).out).toContain('No agent is connected.');
  });
});

describe('doctor', () => {
  interface Said {
    readonly schema: string;
    readonly ok: boolean;
    readonly checks: readonly {
      readonly id: string;
      readonly status: string;
      readonly says: string;
      readonly fix?: string;
    }[];
  }
  const ask = async (line: CommandLine, env?: Readonly<Record<string, string>>): Promise<Said & { code: number }> => {
    const ran = await line.run(['doctor', '--json'], env);
    return { code: ran.code, ...(JSON.parse(ran.out) as Said) };
  };

  test('finds nothing broken on a machine without agents', async () => {
    const said = await ask(openCommandLine());
    expect(said).toMatchObject({ schema: 'planward.doctor.v1', ok: true, code: 0 });
    const ids = said.checks.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['node', 'home', 'proxy', 'clock', 'relay', 'agent:cline', 'providers']),
    );
    expect(said.checks.find(({ id }) => id === 'providers')?.status).toBe('skipped');
  });

  test('finds addresses at which nobody listens, in agents’ files and in a shell’s', async () => {
    const line = openCommandLine();
    line.put(SETTINGS, '{"env":{"ANTHROPIC_BASE_URL":"http://127.0.0.1:9/@claude-code/zai/api/anthropic"}}');
    line.put('.zshrc', '# export ANTHROPIC_BASE_URL=http://127.0.0.1:9/zai\nexport X=http://127.0.0.1:9/zai/api\n');
    const said = await ask(line);
    expect(said).toMatchObject({ ok: false, code: 1 });
    const broken = said.checks.filter(({ status }) => status === 'fail');
    expect(broken.map(({ id }) => id)).toEqual(['agent:claude-code', 'shell']);
    expect(broken[0]?.fix).toContain('planward disconnect claude-code');
    expect(broken[1]?.says).toContain('.zshrc:2');
  });

  test('finds a hook, a plugin and a status line whose program is gone, and --mend takes out all that is dead', async () => {
    const line = openCommandLine();
    const command = "'/gone/hooks/planward-hook' claude-code --provider zai 2>/dev/null || true";
    const files = {
      claude: line.put(
        SETTINGS,
        JSON.stringify({
          env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9/@claude-code/zai/api/anthropic' },
          hooks: { UserPromptSubmit: [{ hooks: [{ type: 'command', command }] }] },
          statusLine: { type: 'command', command: "'/gone/hooks/planward-statusline' claude-code --after 'mine'" },
        }),
      ),
      plugin: line.put(
        '.cline/plugins/planward.js',
        '// Planward: asks before a prompt is taken up; whatever goes wrong lets it through.\nimport("file:///gone/hooks/ask.mjs");\n',
      ),
      shell: line.put(
        '.bashrc',
        'alias a=b\nexport ANTHROPIC_BASE_URL=http://127.0.0.1:9/zai/api/anthropic\nexport C=d\n',
      ),
    };
    const before = Object.values(files).map((path) => readFileSync(path, 'utf8'));
    const broken = (await ask(line)).checks.filter(({ status }) => status === 'fail');
    expect(broken.map(({ id }) => id)).toEqual([
      'agent:claude-code',
      'shell',
      'hooks:claude-code',
      'hooks:cline',
      'statusline:claude-code',
    ]);
    expect(broken.every(({ fix }) => fix?.includes('planward doctor --mend'))).toBe(true);

    const unasked = await line.run(['doctor', '--mend']);
    expect(unasked.code).toBe(1);
    expect(unasked.out).toContain('planward-hook');
    expect(Object.values(files).map((path) => readFileSync(path, 'utf8'))).toEqual(before);

    const mended = await line.run(['doctor', '--mend', '--yes']);
    expect([mended.code, mended.err]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(files.claude, 'utf8'))).toEqual({
      env: { ANTHROPIC_BASE_URL: 'https://api.z.ai/api/anthropic' },
      statusLine: { type: 'command', command: 'mine' },
    });
    expect(existsSync(files.plugin)).toBe(false);
    expect(readFileSync(files.shell, 'utf8')).toBe('alias a=b\nexport C=d\n');
    expect((await ask(line)).ok).toBe(true);
  });

  test('a line of a shell’s file that does more than set the address is left to its owner', async () => {
    const line = openCommandLine();
    const file = line.put('.bashrc', 'X=http://127.0.0.1:9/zai/api claude\n');
    const { code, out } = await line.run(['doctor', '--mend', '--yes']);
    expect([code, readFileSync(file, 'utf8')]).toEqual([1, 'X=http://127.0.0.1:9/zai/api claude\n']);
    expect(out).toContain('by hand');
  });

  test('calls the same address well where the relay answers, and a proxy a risk', async () => {
    const line = openCommandLine();
    line.put(SETTINGS, BEFORE);
    await withRelay(line);
    await line.run(['connect', 'claude-code']);
    const said = await ask(line, { HTTP_PROXY: 'http://proxy.example' });
    expect(said).toMatchObject({ ok: true, code: 0 });
    expect(said.checks.find(({ id }) => id === 'agent:claude-code')).toMatchObject({ status: 'ok' });
    expect(said.checks.find(({ id }) => id === 'relay')?.says).toContain('stays for claude-code');
    expect(said.checks.find(({ id }) => id === 'proxy')).toMatchObject({ status: 'warn' });
  });

  test('asks the providers in use only with --online, and compares the clock', async () => {
    const line = openCommandLine();
    line.put(SETTINGS, BEFORE);
    const hourLate = createServer((_request, response) => {
      response.writeHead(404, { date: new Date(Date.now() - 3_600_000).toUTCString() }).end();
    });
    const port = await listen(hourLate);
    onTestFinished(() => {
      hourLate.close();
    });
    mkdirSync(line.home);
    writeFileSync(join(line.home, 'settings.json'), `{"upstreams":{"zai":"http://127.0.0.1:${port}"}}`);
    const ran = await line.run(['doctor', '--json', '--online']);
    const { checks } = JSON.parse(ran.out) as Said;
    expect(checks.filter(({ id }) => id.startsWith('provider:')).map(({ id, status }) => [id, status])).toEqual([
      ['provider:zai', 'ok'],
    ]);
    expect(checks.find(({ id, status }) => id === 'clock' && status === 'warn')?.says).toMatch(/3[56]\d\d s ahead/);
  });
});

describe('connect --wait', () => {
  test('says that it works once the agent’s first request was answered', async () => {
    const line = openCommandLine();
    line.put(SETTINGS, BEFORE);
    const upstream = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const upstreamPort = await listen(upstream);
    onTestFinished(() => {
      upstream.closeAllConnections();
      upstream.close();
    });
    const relay = await startRelayProcess({ home: line.home, upstreams: { zai: `http://127.0.0.1:${upstreamPort}` } });
    onTestFinished(async () => {
      await relay.stop();
    });
    const waiting = line.run(['connect', 'claude-code', '--wait', '15']);
    while (!readFileSync(join(line.userHome, SETTINGS), 'utf8').includes('/@claude-code/')) await sleep(50);
    await sleep(500);
    await fetch(`${relay.url}/@claude-code/zai/api/anthropic/v1/messages`, { method: 'POST', body: '{}' });
    const ran = await waiting;
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('It works: Claude Code reached zai through the relay.');
  });

  test('names what may be in the way where none came', async () => {
    const line = openCommandLine();
    line.put(SETTINGS, BEFORE);
    await withRelay(line);
    const ran = await line.run(['connect', 'claude-code', '--wait', '1'], { HTTP_PROXY: 'http://proxy.example' });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('sent no request in 1 s');
    expect(ran.out).toContain('HTTP_PROXY without NO_PROXY');
  });
});
