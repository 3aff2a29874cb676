import type { AgentConnection, Override } from '../core/connection.ts';
import { text } from '../core/text.ts';
import { variable } from './config-folder.ts';
import { asRecord, asText } from './conversation.ts';

const BASE_URL = ['env', 'ANTHROPIC_BASE_URL'];

const DIRECT_URLS = {
  anthropic: 'https://api.anthropic.com',
  zai: 'https://api.z.ai/api/anthropic',
  bigmodel: 'https://open.bigmodel.cn/api/anthropic',
  kimi: 'https://api.kimi.com/coding',
  moonshot: 'https://api.moonshot.ai/anthropic',
  minimax: 'https://api.minimax.io/anthropic',
  'minimax-cn': 'https://api.minimaxi.com/anthropic',
  alibaba: 'https://coding.dashscope.aliyuncs.com/apps/anthropic',
  'alibaba-intl': 'https://coding-intl.dashscope.aliyuncs.com/apps/anthropic',
  deepseek: 'https://api.deepseek.com/anthropic',
  openrouter: 'https://openrouter.ai/api',
};

/** `env.ANTHROPIC_BASE_URL` of settings.json, without `/v1`; a path in it is kept (seen at 2.1.330). */
export const claudeCodeConnection: AgentConnection = {
  files: (places) => [
    { path: `${variable(places, 'CLAUDE_CONFIG_DIR') ?? `${places.userHome}/.claude`}/settings.json`, format: 'jsonc' },
  ],
  mayCreate: true,
  slots(config) {
    const current = asText(asRecord(asRecord(config)['env'])['ANTHROPIC_BASE_URL']);
    return [
      {
        path: BASE_URL,
        label: 'ANTHROPIC_BASE_URL',
        current: current === '' ? undefined : current,
        direct: DIRECT_URLS.anthropic,
        inUse: true,
      },
    ];
  },
  directUrls: DIRECT_URLS,
  addSlot: (providerId) => (providerId in DIRECT_URLS ? BASE_URL : undefined),
  costs: [
    text(
      'With any base URL but the official one Claude Code hides its own plan meter and the 1M context window.',
      '使用非官方地址时，Claude Code 会隐藏自身的套餐用量和 1M 上下文窗口。',
    ),
    text(
      'In auto mode it shows a dialog that names this machine’s address, and checks each tool call with a request of its own of about 36,000 tokens.',
      '在自动模式下，它会弹出显示本机地址的对话框，并为每次工具调用另发一个约 36,000 个令牌的检查请求。',
    ),
    text(
      'Anthropic’s terms for subscriptions speak of third-party tools; Planward forwards Claude Code’s own requests unchanged, but the judgement is Anthropic’s.',
      'Anthropic 的订阅条款提到第三方工具；Planward 原样转发 Claude Code 自身的请求，但如何认定由 Anthropic 决定。',
    ),
  ],
  restart: text(
    'Sessions that are open keep the old address: end them and start Claude Code again.',
    '已打开的会话仍用旧地址：请结束后重新启动 Claude Code。',
  ),
  overridingVariables: [],
  projectOverrides: (folder) =>
    ['settings.local.json', 'settings.json'].map((name) => override(`${folder}/.claude/${name}`)),
  machineOverrides: ({ platform }) => {
    if (platform === 'win32') return [override('C:/Program Files/ClaudeCode/managed-settings.json')];
    const folder = platform === 'darwin' ? '/Library/Application Support/ClaudeCode' : '/etc/claude-code';
    return [override(`${folder}/managed-settings.json`)];
  },
  environmentKey: ['env'],
  // Its extension's documentation, read Nov 2026: with an address of one's own the login prompt has to be switched off.
  editorSettings: {
    section: 'claudeCode',
    environment: 'environmentVariables',
    variable: 'ANTHROPIC_BASE_URL',
    switches: ['disableLoginPrompt'],
  },
  variable: 'ANTHROPIC_BASE_URL',
  terminal: {
    setting: 'claudeCode',
    targets: [
      { providerId: 'zai', path: 'zai/api/anthropic', description: 'Through the relay to Z.AI, with your Z.AI key.' },
      {
        providerId: 'bigmodel',
        path: 'bigmodel/api/anthropic',
        description: 'Through the relay to BigModel (China), with your BigModel key.',
      },
      {
        providerId: 'anthropic',
        path: 'anthropic',
        // anthropics/claude-code#87876, read Nov 2026
        description:
          'Through the relay to Anthropic. Claude Code then hides its own plan meter and the 1M context, since it no longer sees the official address.',
      },
    ],
    note: 'A base URL in Claude Code’s own settings file wins over this one. Your key stays where it is.',
  },
  byHand: () => [],
};

function override(path: string): Override {
  return { path, format: 'jsonc', keys: [BASE_URL] };
}
