import type { Snapshot } from '../../core/snapshot.ts';
import { link } from './hover-actions.ts';
import { nameHeld, sayCountdown } from './hold-words.ts';
import { nameMode, nameModeKey } from './mode-picks.ts';
import { escapeMarkdown } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** Held requests with their countdown, and every mode beyond observe, as lines of the meter's hover; each a link to change it. */
export function presentModeLines(voice: Voice, snapshot: Snapshot, now: number): string[] {
  const { holds = [], modes = {} } = snapshot;
  const held = holds.map((hold) => {
    const name = escapeMarkdown(nameHeld(voice, hold));
    return `${link('debug-pause', name, 'planward.answerHold', hold.id)} &nbsp;${sayCountdown(voice, hold, now)}`;
  });
  const acting = Object.entries(modes).filter(([key, mode]) => mode !== 'observe' && PLAIN_KEY.test(key));
  const named = acting.map(([key, mode]) => {
    const label = `${voice.t('Mode: {0}', nameModeKey(snapshot, key))} · ${nameMode(voice, mode)}`;
    return link('settings', label, 'planward.setMode', key);
  });
  return [...held, ...named];
}

/** Keys come from settings: anything else gets no link. */
const PLAIN_KEY = /^[\w.-]{1,64}(?:\/[\w.-]{1,64})?$/;
