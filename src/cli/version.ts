declare const PLANWARD_VERSION: string | undefined;

/** Of this installation; `0.0.0` where it runs from source. */
export const VERSION = typeof PLANWARD_VERSION === 'undefined' ? '0.0.0' : PLANWARD_VERSION;
