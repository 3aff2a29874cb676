import { chmodSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { agents } from '../../src/agents/list.ts';
import { makeMachine, PROVIDER_IDS, RELAY } from './machine.ts';

interface Case {
  readonly agent: string;
  readonly what: string;
  readonly file: string;
  readonly text: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly providerId?: string;
  /** Path of the key -> what follows the relay's origin. */
  readonly becomes: Readonly<Record<string, string>>;
}

const OPENCODE =
  '{"provider":{"anthropic":{"options":{}},"openai":{"options":{"baseURL":"https://api.openai.com/v1"}}}}';

/** For each agent the suffix it needs is the one its direct address has. */
const CASES: readonly Case[] = [
  {
    agent: 'claude-code',
    what: 'the address in its file',
    file: '.claude/settings.json',
    text: '{"env":{"ANTHROPIC_BASE_URL":"https://open.bigmodel.cn/api/anthropic"}}',
    becomes: { 'env.ANTHROPIC_BASE_URL': '/@claude-code/bigmodel/api/anthropic' },
  },
  {
    agent: 'claude-code',
    what: 'no address at all: Anthropic',
    file: '.claude/settings.json',
    text: '{}',
    becomes: { 'env.ANTHROPIC_BASE_URL': '/@claude-code/anthropic' },
  },
  {
    agent: 'claude-code',
    what: 'an address in the environment alone',
    file: '.claude/settings.json',
    text: '{}',
    env: { ANTHROPIC_BASE_URL: 'https://api.z.ai/api/anthropic' },
    becomes: { 'env.ANTHROPIC_BASE_URL': '/@claude-code/zai/api/anthropic' },
  },
  {
    agent: 'claude-code',
    what: 'a provider that is asked for, in a folder that was moved',
    file: 'moved/settings.json',
    text: '{}',
    env: { CLAUDE_CONFIG_DIR: '~/moved' },
    providerId: 'zai',
    becomes: { 'env.ANTHROPIC_BASE_URL': '/@claude-code/zai/api/anthropic' },
  },
  {
    agent: 'claude-code',
    what: 'the address of a relay on another port',
    file: '.claude/settings.json',
    text: '{"env":{"ANTHROPIC_BASE_URL":"http://localhost:9999/zai/api/anthropic"}}',
    becomes: { 'env.ANTHROPIC_BASE_URL': '/@claude-code/zai/api/anthropic' },
  },
  {
    agent: 'cline',
    what: 'every provider that is known, and no other',
    file: '.cline/data/settings/providers.json',
    text: '{"providers":{"zai-coding-plan":{"settings":{}},"gemini":{"settings":{}},"lmstudio":{"settings":{"baseUrl":"http://localhost:1234"}}}}',
    becomes: {
      'providers.zai-coding-plan.settings.baseUrl': '/@cline/zai/api/coding/paas/v4',
      'providers.gemini.settings.baseUrl': '/@cline/gemini/v1beta',
    },
  },
  {
    agent: 'cline',
    what: 'one provider of several, in a folder that was moved',
    file: 'data/settings/providers.json',
    text: '{"providers":{"zai-coding-plan":{"settings":{}},"anthropic":{"settings":{}}}}',
    env: { CLINE_DIR: '~' },
    providerId: 'anthropic',
    becomes: { 'providers.anthropic.settings.baseUrl': '/@cline/anthropic/v1' },
  },
  {
    agent: 'kilo-code',
    what: 'providers with and without an address',
    file: '.config/kilo/kilo.json',
    text: OPENCODE,
    becomes: {
      'provider.anthropic.options.baseURL': '/@kilo-code/anthropic/v1',
      'provider.openai.options.baseURL': '/@kilo-code/openai/v1',
    },
  },
  {
    agent: 'kilo-code',
    what: 'a provider that only the model names',
    file: 'xdg/kilo/kilo.jsonc',
    text: '{"model":"zai-coding-plan/glm-4.7"}',
    env: { XDG_CONFIG_HOME: '~/xdg' },
    becomes: { 'provider.zai-coding-plan.options.baseURL': '/@kilo-code/zai/api/coding/paas/v4' },
  },
  {
    agent: 'opencode',
    what: 'a provider that is asked for',
    file: 'my.json',
    text: '{}',
    env: { OPENCODE_CONFIG: '~/my.json' },
    providerId: 'zai',
    becomes: { 'provider.zai-coding-plan.options.baseURL': '/@opencode/zai/api/coding/paas/v4' },
  },
  {
    agent: 'openclaw',
    what: 'addresses of either dialect',
    file: '.openclaw/openclaw.json',
    text: "{ models: { providers: { a: { baseUrl: 'https://api.z.ai/api/coding/paas/v4' }, b: { baseUrl: 'https://api.z.ai/api/anthropic' }, c: { baseUrl: 'http://10.0.0.1/v1' } } } }",
    becomes: {
      'models.providers.a.baseUrl': '/@openclaw/zai/api/coding/paas/v4',
      'models.providers.b.baseUrl': '/@openclaw/zai/api/anthropic',
    },
  },
  {
    agent: 'openclaw',
    what: 'the provider it knows itself',
    file: 'claw.json',
    text: '{}',
    env: { OPENCLAW_CONFIG_PATH: '~/claw.json' },
    providerId: 'zai',
    becomes: { 'models.providers.zai.baseUrl': '/@openclaw/zai/api/coding/paas/v4' },
  },
  {
    agent: 'codex',
    what: 'the provider it uses, and no other',
    file: '.codex/config.toml',
    text: 'model_provider = "b"\n[model_providers.a]\nbase_url = "https://api.openai.com/v1"\n[model_providers.b]\nbase_url = "https://api.openai.com/v1"\n',
    becomes: { 'model_providers.b.base_url': '/@codex/openai/v1' },
  },
  {
    agent: 'codex',
    what: 'a sign-in that is told',
    file: '.codex/config.toml',
    text: 'model = "gpt-5"\n',
    providerId: 'codex',
    becomes: { openai_base_url: '/@codex/codex/backend-api/codex' },
  },
  {
    agent: 'continue',
    what: 'models with and without an address',
    file: '.continue/config.yaml',
    text: 'models:\n  - name: A\n    provider: anthropic\n  - name: B\n    provider: openai\n    apiBase: https://api.z.ai/api/coding/paas/v4\n  - uses: hub/model\n',
    becomes: {
      'models.0.apiBase': '/@continue/anthropic/v1/',
      'models.1.apiBase': '/@continue/zai/api/coding/paas/v4',
    },
  },
  {
    agent: 'claude-code-router',
    what: 'a whole URL, operation included',
    file: '.claude-code-router/config.json',
    text: '{"Providers":[{"name":"glm","api_base_url":"https://api.z.ai/api/coding/paas/v4/chat/completions"}]}',
    becomes: { 'Providers.0.api_base_url': '/@claude-code-router/zai/api/coding/paas/v4/chat/completions' },
  },
];

describe.each(CASES.map((one) => [`${one.agent}: ${one.what}`, one] as const))('%s', (_, one) => {
  test('is led through the relay and back', () => {
    const bare = makeMachine();
    const env = Object.fromEntries(
      Object.entries(one.env ?? {}).map(([name, value]) => [name, value.replace('~', bare.userHome)]),
    );
    const machine = { ...bare, places: { ...bare.places, env } };
    const file = bare.put(one.file, one.text);
    const more = { places: machine.places, ...(one.providerId === undefined ? {} : { providerId: one.providerId }) };
    const connected = bare.connect(one.agent, more);
    expect(
      Object.fromEntries(connected.changes.map(({ path, after }) => [path.join('.'), after.slice(RELAY.length)])),
    ).toEqual(one.becomes);
    expect(connected.path).toBe(file);
    // Asked again there is nothing to do.
    expect(bare.plan(one.agent, more)).toMatchObject({ ok: true, changes: [] });
    expect(bare.disconnect()).toBe('exact');
    expect(readFileSync(file, 'utf8')).toBe(one.text);
  });
});

describe('what cannot be done is refused with what can', () => {
  const refusal = (agent: string, more: object = {}, files: Readonly<Record<string, string>> = {}) => {
    const machine = makeMachine();
    for (const [name, text] of Object.entries(files)) machine.put(name, text);
    const plan = machine.plan(agent, more);
    if (plan.ok) throw new Error('it was planned');
    return plan;
  };

  test('a file that leads to nobody we know', () => {
    const plan = refusal(
      'claude-code',
      {},
      { '.claude/settings.json': '{"env":{"ANTHROPIC_BASE_URL":"https://user:secret@gw.example/x"}}' },
    );
    expect(plan.reason).toBe('unknown-address');
    expect(JSON.stringify(plan)).toContain('gw.example');
    expect(JSON.stringify(plan)).not.toContain('secret');
  });

  test('another provider than the file leads to', () => {
    const files = {
      '.claude/settings.json': '{"env":{"ANTHROPIC_BASE_URL":"https://open.bigmodel.cn/api/anthropic"}}',
    };
    expect(refusal('claude-code', { providerId: 'zai' }, files)).toMatchObject({ reason: 'unknown-address' });
  });

  test('a file that does not say which provider, with those there are', () => {
    expect(refusal('codex')).toMatchObject({
      reason: 'choose-provider',
      hints: [],
      providers: ['openai', 'codex'],
    });
  });

  test('agents without a file get the very line to type', () => {
    expect(refusal('gemini-cli').hints.join('\n')).toContain(`GOOGLE_GEMINI_BASE_URL=${RELAY}/@gemini-cli/gemini`);
    expect(refusal('roo-code', { providerId: 'zai' }).hints.join('\n')).toContain(
      `${RELAY}/@roo-code/zai/api/coding/paas/v4`,
    );
    expect(refusal('roo-code').providers).toEqual(['zai', 'bigmodel', 'anthropic', 'openai']);
    expect(refusal('roo-code').hints.join('\n')).not.toContain('--provider');
  });

  test('an agent that was never started here', () => {
    expect(refusal('cline')).toMatchObject({ reason: 'not-found' });
  });
});

test('of several files the one that names a provider is changed', () => {
  const machine = makeMachine();
  machine.put('.config/opencode/opencode.jsonc', '{"theme":"x"}');
  const file = machine.put('.config/opencode/config.json', '{"provider":{"anthropic":{}}}');
  expect(machine.connect('opencode').path).toBe(file);
});

test('a company’s gateway counts as the provider it stands for', () => {
  const machine = makeMachine();
  machine.put('.claude/settings.json', '{"env":{"ANTHROPIC_BASE_URL":"https://gw.example/glm/api/anthropic"}}');
  const origins = [{ providerId: 'zai', origin: 'https://gw.example/glm' }];
  expect(machine.connect('claude-code', { origins }).changes[0]?.after).toBe(`${RELAY}/@claude-code/zai/api/anthropic`);
});

test('NO_PROXY goes into the agent’s own file where a proxy would catch it, and is taken out again', () => {
  const machine = makeMachine({ https_proxy: 'http://p', NO_PROXY: 'intranet' });
  const text = '{"env":{"ANTHROPIC_BASE_URL":"https://api.z.ai/api/anthropic"}}';
  const file = machine.put('.claude/settings.json', text);
  machine.connect('claude-code', { noProxy: true });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ env: { NO_PROXY: 'intranet,127.0.0.1,localhost' } });
  machine.disconnect();
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('no agent reads, writes or makes a file without being asked', () => {
  const machine = makeMachine();
  for (const agent of agents) machine.plan(agent, { providerId: 'zai', providerIds: PROVIDER_IDS });
  const file = machine.put('.claude/settings.json', '{}');
  chmodSync(file, 0o600);
  machine.plan('claude-code');
  expect(readFileSync(file, 'utf8')).toBe('{}');
});
