/** Stands before each progress line of the suite, so that it can be told from what else an extension host writes. */
export const SUITE_MARK = '[planward suite] ';
