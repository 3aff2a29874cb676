import { parseArgs } from 'node:util';
import { DEFAULT_PORT } from '../protocol/endpoint.ts';

export interface RelayArguments {
  readonly port: number;
  /** Absent: PLANWARD_HOME or the default. */
  readonly home: string | undefined;
  readonly upstreams: Readonly<Record<string, string>>;
  readonly foreground: boolean;
}

export type ArgumentReading =
  | { readonly ok: true; readonly value: RelayArguments }
  | { readonly ok: false; readonly message: string };

/** Reads `[--port N] [--home DIR] [--upstream id=URL]… [--foreground]`; a wrong one gives one plain sentence and a hint. */
export function readArguments(argv: readonly string[], knownProviders: readonly string[]): ArgumentReading {
  let values: { port?: string; home?: string; upstream?: string[]; foreground?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        home: { type: 'string' },
        upstream: { type: 'string', multiple: true },
        foreground: { type: 'boolean' },
      },
      strict: true,
    }));
  } catch (error) {
    // The rest of Node's message is advice on how to pass such a thing all the same.
    const [sentence] = (error as Error).message.split('. ');
    return { ok: false, message: `${sentence}. The options are --port, --home, --upstream and --foreground.` };
  }
  if (values.home === '') return { ok: false, message: '--home is empty: give a folder.' };
  const port = values.port === undefined ? DEFAULT_PORT : /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65535)) {
    return { ok: false, message: `--port ${values.port} is no port: give a number from 0 (any free one) to 65535.` };
  }
  const upstreams: Record<string, string> = {};
  for (const pair of values.upstream ?? []) {
    const [, id, url] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (id === undefined || url === undefined || !URL.canParse(url) || !/^https?:/.test(url)) {
      return {
        ok: false,
        message: `--upstream ${pair} is not id=URL, such as ${knownProviders[0]}=http://127.0.0.1:9100.`,
      };
    }
    if (!knownProviders.includes(id)) {
      return { ok: false, message: `--upstream ${pair}: no such provider; there are ${knownProviders.join(', ')}.` };
    }
    upstreams[id] = url;
  }
  return { ok: true, value: { port, home: values.home, upstreams, foreground: values.foreground ?? false } };
}
