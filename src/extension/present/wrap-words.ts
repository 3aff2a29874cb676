/** A text in lines of at most `width` characters, broken at blanks; Chinese, which has none, between any two characters. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+|\s+/gu) ?? []) {
    if (line.length > 0 && widthOf(line) + widthOf(word) > width) {
      lines.push(line.trim());
      line = '';
    }
    line += word;
  }
  return line.trim() === '' ? lines : [...lines, line.trim()];
}

/** Chinese characters take the room of two. */
function widthOf(text: string): number {
  return text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}
