import type { ErrorCatalogue } from '../../core/error-code.ts';
import { alibabaErrors } from './alibaba.ts';
import { anthropicErrors } from './anthropic.ts';
import { copilotErrors } from './copilot.ts';
import { glmErrors } from './glm.ts';
import { googleErrors } from './google.ts';
import { kimiErrors } from './kimi.ts';
import { minimaxErrors } from './minimax.ts';
import { openaiErrors } from './openai.ts';
import { deepseekErrors, openrouterErrors } from './pay-as-you-go.ts';

/** Every vendor's errors. Where two vendors use a code and nothing tells them apart, the earlier one is taken. */
export const errorCatalogues: readonly ErrorCatalogue[] = [
  glmErrors,
  anthropicErrors,
  openaiErrors,
  googleErrors,
  kimiErrors,
  minimaxErrors,
  alibabaErrors,
  openrouterErrors,
  deepseekErrors,
  copilotErrors,
];
