import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agents } from '../../src/agents/list.ts';
import { inspectAgent } from '../../src/connect/inspect-agent.ts';
import { proxyObstacle } from '../../src/connect/loopback-proxy.ts';
import { findOverrides } from '../../src/connect/overrides.ts';
import { planStrays } from '../../src/connect/restore-direct.ts';
import { changeRoutedAgents, withAgent, withoutAgents } from '../../src/connect/routed-agents.ts';
import { findShellAddresses } from '../../src/connect/shell-files.ts';
import { hideSecrets, showDiff } from '../../src/connect/show-diff.ts';
import { agentOf, makeMachine } from './machine.ts';

describe('a proxy stands in the way', () => {
  test.each([
    [{ HTTP_PROXY: 'http://p' }, '127.0.0.1,localhost'],
    [{ all_proxy: 'socks5://p', no_proxy: 'a.example, b.example' }, 'a.example,b.example,127.0.0.1,localhost'],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: '127.0.0.1' }, '127.0.0.1,localhost'],
  ])('with %j', (env, noProxy) => {
    expect(proxyObstacle(env)?.noProxy).toBe(noProxy);
  });

  test.each([
    [{}],
    [{ NO_PROXY: '' }],
    [{ HTTP_PROXY: '' }],
    [{ HTTP_PROXY: 'http://p', NO_PROXY: 'localhost 127.0.0.1' }],
    [{ HTTP_PROXY: 'http://p', NO_PROXY: '*' }],
  ])('but not with %j', (env) => {
    expect(proxyObstacle(env)).toBeUndefined();
  });
});

describe('what wins over an agent’s own file', () => {
  test('is looked for in the project and the folders around it, not in the user’s own settings', () => {
    const machine = makeMachine();
    machine.put('.claude/settings.json', '{"env":{"ANTHROPIC_BASE_URL":"https://own.example"}}');
    const file = machine.put('work/.claude/settings.json', '{"env":{"ANTHROPIC_BASE_URL":"https://team.example"}}');
    machine.put('work/app/.claude/settings.local.json', '{"env":{}}');
    mkdirSync(join(machine.userHome, 'work/app/src'));
    expect(findOverrides(agentOf('claude-code'), machine.places, join(machine.userHome, 'work/app/src'))).toEqual([
      { where: file, url: 'https://team.example' },
    ]);
    expect(findOverrides(agentOf('claude-code'), machine.places, machine.userHome)).toEqual([]);
  });

  test('may be a variable, whose content is not repeated', () => {
    const { places } = makeMachine({ KILO_CONFIG_CONTENT: '{"provider":{}}' });
    expect(findOverrides(agentOf('kilo-code'), places)).toEqual([{ where: 'KILO_CONFIG_CONTENT', url: undefined }]);
  });

  test('is not sought in files that cannot be read as what they are', () => {
    const machine = makeMachine();
    machine.put('work/opencode.json', '{"provider": ');
    expect(findOverrides(agentOf('opencode'), machine.places, join(machine.userHome, 'work'))).toEqual([]);
  });
});

describe('how an agent stands', () => {
  test.each([
    ['absent', undefined],
    ['direct', '{"env":{"ANTHROPIC_BASE_URL":"https://api.z.ai/api/anthropic"}}'],
    ['connected', '{"env":{"ANTHROPIC_BASE_URL":"http://127.0.0.1:7526/@claude-code/zai/api/anthropic"}}'],
    ['connected', '{"env":{"ANTHROPIC_BASE_URL":"http://localhost:8700/zai/api/anthropic"}}'],
    ['unreadable', '{"env":'],
  ] as const)('is %s with %j', (state, text) => {
    const machine = makeMachine();
    if (text !== undefined) machine.put('.claude/settings.json', text);
    expect(inspectAgent(agentOf('claude-code'), machine.places).state).toBe(state);
  });

  test('names provider and port of a relay, and a stranger as elsewhere', () => {
    const machine = makeMachine();
    machine.put(
      '.cline/data/settings/providers.json',
      '{"providers":{"anthropic":{"settings":{"baseUrl":"http://127.0.0.1:1/@cline/anthropic/v1"}},"x":{"settings":{"baseUrl":"http://10.0.0.1"}}}}',
    );
    expect(inspectAgent(agentOf('cline'), machine.places).addresses).toMatchObject([
      { label: 'provider anthropic', leads: 'relay', providerId: 'anthropic', port: 1 },
      { label: 'provider x', leads: 'elsewhere' },
    ]);
  });
});

test('a relay address that nobody noted leads to the provider again', () => {
  const machine = makeMachine();
  machine.put('.codex/config.toml', 'openai_base_url = "http://127.0.0.1:9/@codex/codex/backend-api/codex" # mine\n');
  expect(planStrays(agentOf('codex'), machine.places)?.text).toBe(
    'openai_base_url = "https://chatgpt.com/backend-api/codex" # mine\n',
  );
  expect(planStrays(agentOf('claude-code'), machine.places)).toBeUndefined();
});

test('relay addresses in start files are found with their line, commented ones are not', () => {
  const machine = makeMachine();
  machine.put(
    '.bashrc',
    'x=1\nexport ANTHROPIC_BASE_URL="http://127.0.0.1:7526/@claude-code/zai/api/anthropic"\n#http://127.0.0.1:1/zai\n',
  );
  machine.put('.gemini/.env', 'GOOGLE_GEMINI_BASE_URL=http://localhost:7526/gemini\nOTHER=http://localhost:4000/v1\n');
  const found = findShellAddresses(agents, machine.places).map(({ file, line, port }) => [
    file.slice(machine.userHome.length + 1),
    line,
    port,
  ]);
  expect(found).toEqual([
    ['.bashrc', 2, 7526],
    ['.gemini/.env', 1, 7526],
  ]);
});

describe('the list of routed agents in the settings of a relay that does not run', () => {
  test('is changed and everything else stays', () => {
    const { home } = makeMachine();
    mkdirSync(home);
    const file = join(home, 'settings.json');
    writeFileSync(file, '{"plans":{"zai":"glm-pro"},"fromTomorrow":[1],"routedAgents":["cline"]}');
    expect(changeRoutedAgents(home, withAgent('codex'))).toEqual({ ok: true });
    expect(changeRoutedAgents(home, withAgent('codex'))).toEqual({ ok: true });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      plans: { zai: 'glm-pro' },
      fromTomorrow: [1],
      routedAgents: ['cline', 'codex'],
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    changeRoutedAgents(home, withoutAgents(['cline', 'codex', 'kilo-code']));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ routedAgents: [] });
  });

  test('is made where there is none, and not where there is nothing to say', () => {
    const { home } = makeMachine();
    expect(changeRoutedAgents(home, withoutAgents(['cline']))).toEqual({ ok: true });
    expect(statSync(home, { throwIfNoEntry: false })).toBeUndefined();
    expect(changeRoutedAgents(home, withAgent('cline'))).toEqual({ ok: true });
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toEqual({ routedAgents: ['cline'] });
  });

  test('is left alone in a file that is no settings', () => {
    const { home } = makeMachine();
    mkdirSync(home);
    writeFileSync(join(home, 'settings.json'), '[1');
    expect(changeRoutedAgents(home, withAgent('cline')).ok).toBe(false);
    expect(readFileSync(join(home, 'settings.json'), 'utf8')).toBe('[1');
  });
});

describe('a diff that is shown', () => {
  test('names the file and holds the lines that change', () => {
    const shown = showDiff('/x/a.json', '{\n "a": 1\n}\n', '{\n "a": 2\n}\n');
    expect(shown).toBe('--- /x/a.json\n+++ /x/a.json\n@@ -1,3 +1,3 @@\n {\n- "a": 1\n+ "a": 2\n }\n');
  });

  test.each([
    ['"apiKey": "sk-1234",', '"apiKey": "…",'],
    ["apiKey: 'sk-1234' }", "apiKey: '…' }"],
    ['ANTHROPIC_AUTH_TOKEN="sk-1234"', 'ANTHROPIC_AUTH_TOKEN="…"'],
    ['apiKey: sk-1234', 'apiKey: …'],
    ['{"settings":{"apiKey":"sk-1234","model":"m"}}', '{"settings":{"apiKey":"…","model":"m"}}'],
    ['"authorization": "Bearer a, b",', '"authorization": "…",'],
    ['"token": "a\\"b", "c": 1', '"token": "…", "c": 1'],
    ['api_key = "a b" # mine', 'api_key = "…" # mine'],
  ])('hides the secret in %s', (line, wanted) => {
    expect(hideSecrets(line)).toBe(wanted);
  });

  test('leaves what is no secret', () => {
    const line = '"baseUrl": "https://api.z.ai/api", "model": "glm-4.7"';
    expect(hideSecrets(line)).toBe(line);
  });
});
