/** Addresses a page may load its two files from, and a word used once. */
export interface PageParts {
  readonly title: string;
  readonly language: string;
  readonly script: string;
  readonly style: string;
  /** `webview.cspSource` */
  readonly source: string;
  readonly nonce: string;
}

/**
 * The dashboard's frame. It may run the one script that carries the nonce and use our style sheet; pictures only from data it
 * made itself (copies of its drawings). No network, no inline code, no frames, no forms.
 */
export function dashboardPage({ title, language, script, style, source, nonce }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(style)}">
<title>${attribute(title)}</title>
</head>
<body>
<main id="page"></main>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
