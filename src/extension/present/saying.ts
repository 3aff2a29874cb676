import type { Translate } from './voice.ts';

/** One English sentence of another room, with `{0}` places, handed to `t` with what stood in them. */
export type Saying = (t: Translate, places: readonly string[]) => string;
