import type { PolicyPack } from '../core/policy-pack.ts';
import { alibaba } from './alibaba.ts';
import { anthropic } from './anthropic.ts';
import { google } from './google.ts';
import { kimi } from './kimi.ts';
import { minimax } from './minimax.ts';
import { openai } from './openai.ts';
import { zai } from './zai.ts';

/** Every policy pack. A new one is a file here and a line in this list. */
export const packs: readonly PolicyPack[] = [zai, anthropic, google, openai, kimi, minimax, alibaba];

/** The pack that speaks for a provider; undefined where none was written. User packs come first. */
export function packFor(providerId: string, userPacks: readonly PolicyPack[] = []): PolicyPack | undefined {
  return [...userPacks, ...packs].find(({ id, providers }) => id === providerId || providers.includes(providerId));
}
