import { createJudge, type Judge } from './judge.ts';
import { weights } from './model/weights.ts';
import { openTextModel } from './text-model.ts';

/** The judge with the model that ships with Planward. Takes a few milliseconds: once per process. */
export function openJudge(): Judge {
  return createJudge(openTextModel(weights));
}
