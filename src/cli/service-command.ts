import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installProgram } from '../client/launch-relay.ts';
import { DEFAULT_PORT } from '../protocol/endpoint.ts';
import { homeFolder } from '../protocol/home.ts';
import type { Command, CommandIo } from './command.ts';
import { misuse } from './misuse.ts';
import { placesOf } from './places.ts';
import { serviceFor } from './service/service.ts';
import { VERSION } from './version.ts';

/** The optional service that starts the relay at login, for agents that run without VS Code. */
export const serviceCommand: Command = {
  name: 'service',
  usage: 'install [--port N] | remove | status [--home DIR]',
  summary: 'start the relay at login (systemd, launchd or a scheduled task), or no longer',
  async run(argv, io) {
    let values: { port?: string; home?: string };
    let words: readonly string[];
    try {
      ({ values, positionals: words } = parseArgs({
        args: [...argv],
        options: { port: { type: 'string' }, home: { type: 'string' } },
        allowPositionals: true,
      }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const port = Number(values.port ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      return misuse(io, '--port takes a number from 1 to 65535.');
    const home = values.home ?? homeFolder(io.env, io.userHome);
    const [verb] = words;
    if (verb === 'install' && words.length === 1) return install(home, port, io);
    const service = serviceFor({ places: placesOf(io), home, env: io.env });
    if (verb === 'remove' && words.length === 1) {
      const there = service.installed();
      const done = await service.remove();
      if (!done.ok) io.err(`${done.message}. Its file is gone all the same.`);
      io.out(there ? `The ${service.kind} is removed; a relay that runs goes on.\n` : 'There was no service.\n');
      return done.ok ? 0 : 1;
    }
    if (verb === 'status' && words.length === 1) {
      io.out(service.installed() ? `${service.kind}: ${service.file}\n` : 'No service is installed.\n');
      const says = service.installed() ? await service.status() : undefined;
      if (says !== undefined) io.out(`${says}\n`);
      return 0;
    }
    return misuse(io, 'say install, remove or status.');
  },
};

async function install(home: string, port: number, io: CommandIo): Promise<number> {
  const service = serviceFor({ places: placesOf(io), home, env: io.env });
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    io.err(`The relay cannot be put into ${home}: ${(error as Error).message}.`);
    return 1;
  }
  const installed = await installProgram(home, VERSION, join(__dirname, 'relay.cjs'));
  if (!installed.ok) {
    io.err(installed.message);
    return 1;
  }
  const done = await service.install({ runtime: process.execPath, script: installed.script, home, port });
  if (!done.ok) {
    io.err(`${done.message}. Nothing was left behind.`);
    return 1;
  }
  io.out(`The relay is started at login: ${service.file}\nBack: planward service remove\n`);
  return 0;
}
