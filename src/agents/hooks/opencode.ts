import { text } from '../../core/text.ts';
import { opencode } from '../opencode.ts';
import { openCodeHook } from './opencode-plugin.ts';

export const opencodeHook = openCodeHook({
  agentId: 'opencode',
  files: (places) => opencode.connection!.files(places),
  notes: [
    text(
      'With a plugin configured OpenCode fetches a package of its own from npm at its start; without a network that start waits about a minute.',
      '配置插件后，OpenCode 启动时会从 npm 获取自己的一个包；没有网络时启动会等待约一分钟。',
    ),
    text('Start OpenCode again: it reads its plugins once.', '请重新启动 OpenCode：它只读取一次插件。'),
  ],
});
