import { createTwoFilesPatch } from 'diff';

const SECRET =
  /(["']?[\w-]*(?:key|token|secret|password|authorization|cookie)[\w-]*["']?\s*[:=]\s*)(["']?)[^"',\s}][^"',}\n]*(["']?)/gi;

/** What would change, as a unified diff with two lines around. Values of keys that sound secret are shown as dots. */
export function showDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 2 });
  return hideSecrets(patch.replace(/^Index: [^\n]*\n=+\n/, '').replaceAll('\r', ''));
}

export function hideSecrets(text: string): string {
  return text.replaceAll(SECRET, '$1$2…$3');
}
