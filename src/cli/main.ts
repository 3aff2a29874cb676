#!/usr/bin/env node
import { homedir } from 'node:os';
import { printedText } from '../core/shown-text.ts';
import { commands } from './list.ts';

declare const PLANWARD_VERSION: string | undefined;

// Whoever reads may have read enough (`planward check … | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void main(process.argv.slice(2));

async function main([name, ...rest]: readonly string[]): Promise<void> {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) {
    process.exitCode = await command.run(rest, {
      env: process.env,
      userHome: homedir(),
      // What a provider, an agent or a file said is in there: no terminal acts on it.
      out: (text) => process.stdout.write(command.paints === true ? text : printedText(text)),
      err: (text) => process.stderr.write(`planward ${command.name}: ${printedText(text)}\n`),
    });
    return;
  }
  if (name === '--version') {
    process.stdout.write(`${typeof PLANWARD_VERSION === 'undefined' ? 'development' : PLANWARD_VERSION}\n`);
    return;
  }
  const usage = commands.map((each) => `  planward ${each.name} ${each.usage}\n      ${each.summary}`).join('\n');
  if (name === undefined || name === 'help' || name === '--help') process.stdout.write(`Usage:\n${usage}\n`);
  else {
    process.stderr.write(`planward: there is no command "${name}".\n${usage}\n`);
    process.exitCode = 2;
  }
}
