/**
 * What may not reach a terminal, or whoever reads over a person's shoulder, from somebody else's text: sequences that ECMA-48
 * terminals act on (OSC, DCS, APC, PM and SOS to their end, then CSI and other escapes), C0 and C1 controls but tab and line feed,
 * and characters that turn or hide text (Unicode TR36).
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

// oxlint-disable-next-line no-control-regex -- as above
const IN_JSON = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A text without anything a terminal acts on or a reader cannot see; tabs and line feeds stay. Linear in its length. */
export function shownText(text: string): string {
  return text.replace(HIDDEN, '');
}

/**
 * The same for what a program prints: JSON keeps its meaning, since such characters are written as `\uXXXX` there, CSV its line
 * ends (RFC 4180), and anything else loses them.
 */
export function printedText(text: string): string {
  if (text.endsWith('\r\n') && !/[^\r]\n/.test(text)) return text.split('\r\n').map(shownText).join('\r\n');
  if (!/^\s*[{[]/.test(text)) return shownText(text);
  const escaped = text.replace(IN_JSON, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return shownText(escaped);
}
