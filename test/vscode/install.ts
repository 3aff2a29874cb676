// node test/vscode/install.ts: the VS Code and the browser that the tests and the demo run in, into .cache/vscode. Once.
import { ensureChromium } from './chromium.ts';
import { installVscode } from './install-vscode.ts';

const say = (line: string): void => console.log(line);
try {
  await installVscode(say);
  say(`browser: ${await ensureChromium(say)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
