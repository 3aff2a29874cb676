// npm run test:fuzz | test:faults | test:soak: the long form of a test folder, whose short form is part of `npm test`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Folder below test/ -> about how long its long form takes on 2 cores. */
const LENGTHS: Readonly<Record<string, string>> = {
  fuzz: 'about 3 minutes: 20,000 conversations and 30,000 smuggling tries through the data plane, 1,000,000 garbled messages',
  faults:
    'about 20 minutes: 1,000 SIGKILLs under load, windows that come and go 400 times, and what else a machine does',
  soak: 'about 15 minutes: ten days of ten agents, 144,000 turns',
};

const [name = ''] = process.argv.slice(2);
const length = LENGTHS[name];
if (length === undefined) {
  console.error(`There is no long form of ${JSON.stringify(name)}. There are: ${Object.keys(LENGTHS).join(', ')}`);
  process.exit(2);
}
console.log(`The long form of test/${name} takes ${length}.`);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', `test/${name}/`], {
  stdio: 'inherit',
  env: { ...process.env, PLANWARD_LONG: '1' },
});
process.exit(status ?? 1);
