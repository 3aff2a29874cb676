import { parseArgs } from 'node:util';
import { fetchSnapshot } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import { homeFolder } from '../protocol/home.ts';
import type { Command } from './command.ts';
import { drawMeter } from './draw-meter.ts';
import { watchInTerminal } from './watch-in-terminal.ts';

/** What the relay knows now, once, as JSON, or live. */
export const statusCommand: Command = {
  name: 'status',
  usage: '[--json | --watch] [--home DIR]',
  summary: 'plans, windows, agents and the last exchange',
  async run(argv, io) {
    let values: { json?: boolean; watch?: boolean; home?: string };
    try {
      ({ values } = parseArgs({
        args: [...argv],
        options: { json: { type: 'boolean' }, watch: { type: 'boolean' }, home: { type: 'string' } },
      }));
    } catch (error) {
      io.err((error as Error).message);
      return 2;
    }
    const home = values.home ?? homeFolder(io.env, io.userHome);
    const found = await findRelay(home);
    if (!found.ok) {
      io.err(`${found.message} Start it with "planward relay", or from VS Code with "Planward: Start Relay".`);
      return 1;
    }
    if (values.watch === true) {
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      await watchInTerminal(home, stop.signal);
      return 0;
    }
    const snapshot = await fetchSnapshot(found.endpoint);
    if (!snapshot.ok) {
      io.err(snapshot.message);
      return 1;
    }
    io.out(
      values.json === true
        ? `${JSON.stringify(snapshot.value, undefined, 2)}\n`
        : `${drawMeter(snapshot.value, Date.now()).join('\n')}\n`,
    );
    return 0;
  },
};
