// npm run bench [-- --short]: Planward's overhead beside http-proxy-3 and nginx, all in one run. Prints a table, writes JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bench } from './bench.ts';
import { FULL, SHORT } from './measure.ts';
import { TABLE_NOTE, writeTable } from './report.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const report = await bench(values.short ? SHORT : FULL, (line) => console.log(line));

console.log(`\n${writeTable(report.targets)}\n${TABLE_NOTE}`);
for (const { name, reason } of report.absent) console.log(`${name} left out: ${reason}`);
const folder = join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${report.at.slice(0, 19).replaceAll(':', '-')}${values.short ? '-short' : ''}.json`);
writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
console.log(`written to ${file}`);
