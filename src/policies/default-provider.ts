/** Whose terms a prompt is held to where nobody says. */
export const DEFAULT_PROVIDER = 'zai';
