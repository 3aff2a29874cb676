import { opencode } from '../opencode.ts';
import { openCodeHook } from './opencode-plugin.ts';

export const opencodeHook = openCodeHook({
  agentId: 'opencode',
  files: (places) => opencode.connection!.files(places),
  notes: ['Start OpenCode again: it reads its plugins once.'],
});
