/** `vscode.l10n.t`'s shape: English text with `{0}` places, and what goes there. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;

/** How to speak to this user. Handed to everything that makes text, so that nothing here needs VS Code. */
export interface Voice {
  readonly t: Translate;
  /** BCP 47, `en`, `zh-cn`. */
  readonly locale: string;
  /** IANA name; the machine's own where absent. */
  readonly timeZone?: string;
}
