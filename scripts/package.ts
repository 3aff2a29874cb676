// npm run package: builds the programs and makes planward-<version>.vsix in the top folder.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { buildPrograms, packageExtension } from './packaging.ts';
import { vsixPath } from './places.ts';

for (const step of [buildPrograms, packageExtension]) {
  const run = await step();
  if (run.code !== 0) {
    console.error(run.output.trim());
    process.exit(1);
  }
}
if (!existsSync(vsixPath())) {
  console.error(`vsce said all is well, yet ${basename(vsixPath())} is not there.`);
  process.exit(1);
}
console.log(`${basename(vsixPath())} is ready. Install it with: code --install-extension ${basename(vsixPath())}`);
