import { createTwoFilesPatch } from 'diff';

const NAME = String.raw`["']?[\w-]*(?:key|token|secret|password|authorization|cookie)[\w-]*["']?\s*[:=]\s*`;
const QUOTED = new RegExp(String.raw`(${NAME})(["'])(?:\\.|(?!\2)[^\\\n])*\2?`, 'gi');
const BARE = new RegExp(String.raw`(${NAME})[^\s"'{}[\],][^\s,}\]]*`, 'gi');

/** What would change, as a unified diff with two lines around. Values of keys that sound secret are shown as dots. */
export function showDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 2 });
  return hideSecrets(patch.replace(/^Index: [^\n]*\n=+\n/, '').replaceAll('\r', ''));
}

export function hideSecrets(text: string): string {
  return text.replaceAll(QUOTED, '$1$2…$2').replaceAll(BARE, '$1…');
}
