// npm run bench [-- --short]: Planward's overhead beside http-proxy-3, Portkey's gateway and nginx, all in one run. Prints a table, writes JSON.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bench } from './bench.ts';
import { FULL, SHORT } from './measure.ts';
import { TABLE_NOTE, writeCpuTable, writeTable } from './report.ts';
import { resultFile } from './result-file.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const report = await bench(values.short ? SHORT : FULL, (line) => console.log(line));

console.log(`\n${writeTable(report.targets)}\n${TABLE_NOTE}\n\n${writeCpuTable(report.targets)}`);
for (const { name, manyStreams } of report.targets) {
  if (manyStreams !== undefined)
    console.log(`${name}: ${manyStreams.arrived} of ${manyStreams.sent} events of 500 streams`);
}
for (const { name, reason } of report.absent) console.log(`${name} left out: ${reason}`);
const file = resultFile(report.at, values.short ? 'short' : '');
writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
console.log(`written to ${file}`);
process.exit(0);
