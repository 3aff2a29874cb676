/**
 * How an agent shows an answer of our own in its chat, once and without trying again (see docs/agents/<id>.md).
 * - `error`: with this HTTP status it prints the error's message as it is
 * - `spoken`: it shows nothing but an assistant's words, so the answer is spoken as one
 */
export type RefusalShape = { readonly kind: 'error'; readonly status: 402 | 451 } | { readonly kind: 'spoken' };
