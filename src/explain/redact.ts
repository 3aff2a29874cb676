/** What credentials and people look like in error texts. First match wins; order matters where one holds another. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [key]'],
  [/\b(?:sk|pk|rk|tp|ghp|gho|ghu|ghs|AIza)[-_]?[\w-]{12,}(?:\.[\w-]{6,})?/g, '[key]'],
  [/\b[0-9a-f]{32}\.[\w-]{8,}/gi, '[key]'],
  [/([?&](?:key|api_key|token|access_token)=)[^&\s"']+/gi, '$1[key]'],
  [/("?(?:api[-_]?key|authorization|x-api-key|access_token)"?\s*[:=]\s*"?)[^\s",}]{6,}/gi, '$1[key]'],
  [/[\w.+-]+@[\w-]+\.[\w.-]+\w/g, '[e-mail]'],
];

/** A text with keys, tokens and e-mail addresses taken out. Linear in its length, which callers bound. Never throws. */
export function redact(text: string): string {
  let clean = text;
  for (const [pattern, instead] of SECRETS) clean = clean.replace(pattern, instead);
  return clean;
}
