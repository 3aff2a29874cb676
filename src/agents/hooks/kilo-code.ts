import { text } from '../../core/text.ts';
import { kiloCode } from '../kilo-code.ts';
import { openCodeHook } from './opencode-plugin.ts';

export const kiloCodeHook = openCodeHook({
  agentId: 'kilo-code',
  files: (places) => kiloCode.connection!.files(places),
  notes: [
    text(
      'Start Kilo again; in VS Code run "Developer: Reload Window", so that its server loads the plugin.',
      '请重新启动 Kilo；在 VS Code 中运行“Developer: Reload Window”，以便其服务加载插件。',
    ),
  ],
});
