import type { Provider } from '../core/provider.ts';
import { alibabaIntl } from './alibaba-intl.ts';
import { alibaba } from './alibaba.ts';
import { anthropic } from './anthropic.ts';
import { antigravity } from './antigravity.ts';
import { bigmodel } from './bigmodel.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { deepseek } from './deepseek.ts';
import { gemini } from './gemini.ts';
import { kimi } from './kimi.ts';
import { minimaxCn } from './minimax-cn.ts';
import { minimax } from './minimax.ts';
import { moonshot } from './moonshot.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { zai } from './zai.ts';

/** Every vendor Planward knows. A new one is a file here, a line in this list and its fixtures. */
export const providers: readonly Provider[] = [
  zai,
  bigmodel,
  anthropic,
  openai,
  codex,
  gemini,
  kimi,
  moonshot,
  minimax,
  minimaxCn,
  alibaba,
  alibabaIntl,
  openrouter,
  deepseek,
  copilot,
  antigravity,
];

/** Undefined where no provider has this id. */
export function findProvider(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
