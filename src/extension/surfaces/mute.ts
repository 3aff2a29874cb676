import { isQuiet } from '../present/quiet-hours.ts';
import type { Voice } from '../present/voice.ts';
import { readQuiet } from '../settings.ts';
import type { Snooze } from './snooze.ts';

/** Whether notifications keep still now: the user snoozed them, or these are quiet hours. Stopped keys and held requests do not. */
export interface Mute {
  isMuted(now: number): boolean;
}

export function createMute(voice: Voice, snooze: Snooze): Mute {
  return {
    isMuted: (now) => snooze.untilAt(now) !== undefined || isQuiet(voice, readQuiet(), now),
  };
}
