import { BY_HAND_WORDS } from '../../agents/by-hand-words.ts';
import { languageOf } from '../../core/text.ts';
import { CONNECT_SAYINGS } from './connect-sayings.ts';
import { GUARD_SAYINGS } from './guard-sayings.ts';
import { RELAY_SAYINGS } from './relay-sayings.ts';
import type { Saying } from './saying.ts';
import type { Voice } from './voice.ts';

/**
 * `text` in the user's language, as far as it is made of sentences that rooms without a voice say: the relay, `client`, `connect`.
 * Also where they stand within a text of ours, and steps by hand. What nobody translated, such as the system's own words, stays as it is.
 */
export function inVoice({ t, locale }: Voice, text: string): string {
  if (locale.startsWith('en')) return text;
  const step = BY_HAND_WORDS.find(({ en }) => en === text);
  if (step !== undefined) return step[languageOf(locale)];
  return patterns().reduce(
    (said, [pattern, saying]) => said.replace(pattern, (_, ...found) => fill(saying, found)),
    text,
  );

  function fill(saying: Saying, found: readonly unknown[]): string {
    return saying(t, found.filter((place) => typeof place === 'string').slice(0, -1));
  }
}

let made: readonly (readonly [RegExp, Saying])[] | undefined;

/** Made when first needed: most windows never see a failure. */
function patterns(): readonly (readonly [RegExp, Saying])[] {
  made ??= [...RELAY_SAYINGS, ...GUARD_SAYINGS, ...CONNECT_SAYINGS].map((saying) => [
    patternOf(saying((text) => text, [])),
    saying,
  ]);
  return made;
}

function patternOf(english: string): RegExp {
  const parts = english.split(/\{\d\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const open = parts.length > 1 && parts.at(-1) === '';
  const pattern = open ? `${parts.slice(0, -1).join('(.+?)')}(.+)$` : parts.join('(.+?)');
  return new RegExp(pattern, 'g');
}
