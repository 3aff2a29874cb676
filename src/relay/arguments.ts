import { parseArgs } from 'node:util';
import { DEFAULT_PORT } from '../protocol/endpoint.ts';
import { holdDefaultSchema, holdSecondsSchema, scopeModesSchema } from '../protocol/hold.ts';
import type { RelaySettingsPatch } from '../protocol/relay-settings.ts';

export interface RelayArguments {
  readonly port: number;
  /** Absent: PLANWARD_HOME or the default. */
  readonly home: string | undefined;
  readonly upstreams: Readonly<Record<string, string>>;
  readonly foreground: boolean;
  /** What is to be kept in the settings from now on. */
  readonly settings: Pick<RelaySettingsPatch, 'modes' | 'holdSeconds' | 'holdDefault'>;
}

export type ArgumentReading =
  | { readonly ok: true; readonly value: RelayArguments }
  | { readonly ok: false; readonly message: string };

/**
 * Reads `[--port N] [--home DIR] [--upstream id=URL]… [--mode provider[/plan]=observe|warn|hold|block]… [--hold-seconds N]
 * [--hold-default send|stop] [--foreground]`; a wrong one gives one plain sentence and a hint.
 */
export function readArguments(argv: readonly string[], knownProviders: readonly string[]): ArgumentReading {
  let values: {
    port?: string;
    home?: string;
    upstream?: string[];
    mode?: string[];
    'hold-seconds'?: string;
    'hold-default'?: string;
    foreground?: boolean;
  };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        home: { type: 'string' },
        upstream: { type: 'string', multiple: true },
        mode: { type: 'string', multiple: true },
        'hold-seconds': { type: 'string' },
        'hold-default': { type: 'string' },
        foreground: { type: 'boolean' },
      },
      strict: true,
    }));
  } catch (error) {
    // The rest of Node's message is advice on how to pass such a thing all the same.
    const [sentence] = (error as Error).message.split('. ');
    return {
      ok: false,
      message: `${sentence}. The options are --port, --home, --upstream, --mode, --hold-seconds, --hold-default and --foreground.`,
    };
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
  const settings = readScopeSettings(values, knownProviders);
  if (!settings.ok) return settings;
  const { home, foreground = false } = values;
  return { ok: true, value: { port, home, upstreams, foreground, settings: settings.value } };
}

function readScopeSettings(
  given: { mode?: string[]; 'hold-seconds'?: string; 'hold-default'?: string },
  knownProviders: readonly string[],
): { ok: true; value: RelayArguments['settings'] } | { ok: false; message: string } {
  const modes: Record<string, string> = {};
  for (const pair of given.mode ?? []) {
    const [, id = '', plan = '', mode = ''] = /^([\w.-]+)(\/[\w.-]+)?=(\w+)$/.exec(pair) ?? [];
    if (!scopeModesSchema.safeParse({ id: mode }).success) {
      const message = `--mode ${pair} is not provider=mode: give observe, warn, hold or block, such as ${knownProviders[0]}=hold.`;
      return { ok: false, message };
    }
    if (!knownProviders.includes(id)) {
      return { ok: false, message: `--mode ${pair}: no such provider; there are ${knownProviders.join(', ')}.` };
    }
    modes[id + plan] = mode;
  }
  const seconds = given['hold-seconds'];
  const holdSeconds = seconds === undefined ? undefined : holdSecondsSchema.safeParse(Number(seconds));
  if (holdSeconds?.success === false) {
    return { ok: false, message: `--hold-seconds ${seconds}: give a whole number from 5 to 240.` };
  }
  const byDefault = given['hold-default'];
  const holdDefault = byDefault === undefined ? undefined : holdDefaultSchema.safeParse(byDefault);
  if (holdDefault?.success === false) {
    return { ok: false, message: `--hold-default ${byDefault}: give send or stop.` };
  }
  return {
    ok: true,
    value: {
      ...(given.mode === undefined ? {} : { modes: scopeModesSchema.parse(modes) }),
      ...(holdSeconds === undefined ? {} : { holdSeconds: holdSeconds.data }),
      ...(holdDefault === undefined ? {} : { holdDefault: holdDefault.data }),
    },
  };
}
