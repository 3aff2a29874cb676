/** Language of live transcripts, so that the editor can be set up for them alone. */
export const TRANSCRIPT_LANGUAGE = 'planward-transcript';
/** Scheme of the documents that show them. */
export const TRANSCRIPT_SCHEME = 'planward-transcript';
