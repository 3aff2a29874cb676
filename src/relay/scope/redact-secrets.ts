/** Keys, tokens and private keys as vendors write them; what looks like one is taken for one. */
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
  /\b(?:sk|pk|rk|key|tok|ghp|gho|ghs|ghu|glpat|npm|hf|xox[a-z])[-_](?=[\w-]*\d)[\w-]{8,}/gi,
  /\bgithub_pat_\w{20,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g,
  /\b[0-9a-f]{32}\.[A-Za-z0-9]{16}\b/g,
  /\b[0-9a-f]{40,}\b/gi,
];
/** What follows a word for a secret. */
const NAMED =
  /\b((?:api[-_ ]?key|secret|token|passw(?:or)?d|bearer|authorization)\b["']?\s*[:=]?\s*["']?)([^\s"',;]{8,})/gi;

/**
 * A text without what looks like a secret, each replaced by as many `•`, so that places in it stay where they were. No proof
 * that none is left. Linear. Never throws.
 */
export function redactSecrets(text: string): string {
  const dots = (found: string): string => '•'.repeat(found.length);
  let clean = text;
  for (const secret of SECRETS) clean = clean.replace(secret, dots);
  return clean.replace(NAMED, (whole, name: string, value: string) =>
    /[\d_•]|[a-z][A-Z]/.test(value) ? name + dots(value) : whole,
  );
}
