// npm run check: format, lint, types, unit tests, dead code, generated files. Prints what failing tools said.
import { runChecks } from './checks.ts';

const began = performance.now();
const result = await runChecks((line) => console.log(line));
if (!result.ok) console.log(result.output);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(result.ok ? `All checks hold (${seconds} s).` : `Some checks do not hold (${seconds} s).`);
process.exit(result.ok ? 0 : 1);
