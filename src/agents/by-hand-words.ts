import type { Text } from '../core/text.ts';

/** Every line of agents' steps by hand that is words, in both languages; the agents' files have the English one. */
export const BY_HAND_WORDS: readonly Text[] = [
  {
    en: 'Open Cline’s settings, choose your provider, switch on "Use custom base URL" and enter:',
    zh: '打开 Cline 的设置，选择您的服务商，打开“Use custom base URL”并填入：',
  },
  {
    en: 'Open Roo Code’s settings, Providers, and make a profile of the kind "OpenAI Compatible" with this base URL and your key:',
    zh: '打开 Roo Code 的设置中的 Providers，新建一个“OpenAI Compatible”类型的配置，填入此基础地址和您的密钥：',
  },
  {
    en: 'Or save this as a file and choose it with Import in Roo Code’s settings, About Roo Code; then enter your key and model in the profile "Planward". Your other profiles stay:',
    zh: '或将以下内容存为文件，在 Roo Code 设置的 About Roo Code 中用 Import 选择它；然后在配置“Planward”中填入您的密钥和模型。其他配置保持不变：',
  },
  {
    en: 'Back: choose the profile you had before, and delete "Planward".',
    zh: '恢复：选择您之前的配置，并删除“Planward”。',
  },
  {
    en: 'Gemini CLI reads its base URL from the environment. Put this line into your shell’s start file:',
    zh: 'Gemini CLI 从环境变量读取基础地址。请将此行写入您 shell 的启动文件：',
  },
  {
    en: 'Write this URL into the provider of ~/.claude-code-router/config.json:',
    zh: '将此地址写入 ~/.claude-code-router/config.json 的服务商中：',
  },
  {
    en: 'OpenClaw names no base URL for this provider in its configuration file. Add one with its own command, then start it again:',
    zh: 'OpenClaw 的配置文件没有为此服务商写明基础地址。请用它自己的命令添加，然后重新启动它：',
  },
  { en: 'Add this line to the model in Continue’s config.yaml:', zh: '将此行加入 Continue 的 config.yaml 中的模型：' },
];
