import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Microsoft's language packs are on its marketplace only. An extension's own words come in the language of VS Code whatever a
 * pack translates; of VS Code's words these few are enough to see that it took the language.
 */
const OWN_WORDS = {
  'vs/workbench/contrib/files/browser/explorerViewlet': { explore: '资源管理器' },
};

/** Leaves in a profile what VS Code writes there once a language pack was installed, and the pack's words beside it. */
export function writeLanguagePack(userData: string, locale: 'zh-cn'): void {
  const folder = join(userData, 'language-pack');
  const file = join(folder, 'main.i18n.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify({ '': [], version: '1.0.0', contents: OWN_WORDS }));
  const extension = { extensionIdentifier: { id: `planward-test.language-pack-${locale}` }, version: '1.0.0' };
  const pack = {
    hash: 'planward-test',
    extensions: [extension],
    translations: { vscode: file },
    label: '中文（简体）',
  };
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
