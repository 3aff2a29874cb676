import { parseArgs } from 'node:util';
import { fetchMetrics } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import { readExchanges } from '../client/read-exchanges.ts';
import { writeExchanges, type ExchangeFormat } from '../explain/export/write-exchanges.ts';
import { homeFolder } from '../protocol/home.ts';
import type { Command } from './command.ts';
import { misuse } from './misuse.ts';
import { readSince } from './report/read-since.ts';
import { VERSION } from './version.ts';

const OPTIONS = {
  since: { type: 'string', default: '7d' },
  format: { type: 'string', default: 'json' },
  home: { type: 'string' },
} as const;
const FORMATS = ['json', 'csv', 'har', 'prometheus'];

/** Every exchange the ledger keeps of a span, or the figures of now for Prometheus. No prompt, no answer, no credential. */
export const exportCommand: Command = {
  name: 'export',
  usage: '[--format json|csv|har|prometheus] [--since 7d] [--home DIR]',
  summary:
    'exchanges of a span as a file for programs, without credentials and text; or what is known now, for Prometheus',
  async run(argv, io) {
    let values;
    try {
      ({ values } = parseArgs({ args: [...argv], options: OPTIONS }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const { format } = values;
    if (!FORMATS.includes(format)) return misuse(io, `--format is one of ${FORMATS.join(', ')}.`);
    const until = Date.now();
    const since = readSince(values.since, until);
    if (since === undefined)
      return misuse(io, '--since is a span such as 24h, 7d or 4w, or a date such as 2026-09-01.');
    const found = await findRelay(values.home ?? homeFolder(io.env, io.userHome));
    if (!found.ok) {
      io.err(`${found.message} Start it with "planward relay", or from VS Code with "Planward: Start Relay".`);
      return 1;
    }
    if (format === 'prometheus') {
      const metrics = await fetchMetrics(found.endpoint);
      if (metrics.ok) io.out(metrics.value);
      else io.err(metrics.message);
      return metrics.ok ? 0 : 1;
    }
    const read = await readExchanges(found.endpoint, { since, until });
    if (!read.ok) {
      io.err(read.message);
      return 1;
    }
    const { exchanges, complete } = read.value;
    if (!complete) io.err(`only the oldest ${exchanges.length} exchanges are here; name a later start with --since.`);
    const about = { version: VERSION, at: until, since, until, complete };
    io.out(writeExchanges(format as ExchangeFormat, exchanges, about));
    return 0;
  },
};
