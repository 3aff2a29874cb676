import { checkPromptTool } from './check-prompt.ts';
import { explainErrorTool } from './explain-error.ts';
import { planStatusTool } from './plan-status.ts';
import type { ReadOnlyTool } from './tool.ts';

/** Every question an agent or a chat may ask Planward. A new one is a file here and a line in this list. */
export const tools: readonly ReadOnlyTool[] = [planStatusTool, checkPromptTool, explainErrorTool];
