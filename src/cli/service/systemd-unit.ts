import type { ServiceKind } from './service-kind.ts';

const UNIT = 'planward.service';

/** A unit of the user's own systemd. It is started anew when it fails, not when it ends because nobody needs it. */
export const systemdUnit: ServiceKind = {
  name: 'systemd unit',
  encoding: 'utf8',
  file: ({ env, userHome }) => {
    const config = env['XDG_CONFIG_HOME'];
    return `${config === undefined || config === '' ? `${userHome}/.config` : config}/systemd/user/${UNIT}`;
  },
  write: ({ runtime, script, home, port }) => `[Unit]
Description=Planward relay for coding agents
After=network.target

[Service]
ExecStart=${quote(runtime)} ${quote(script)} --home ${quote(home)} --port ${port}
Environment=ELECTRON_RUN_AS_NODE=1
Restart=on-failure
RestartSec=2
KillSignal=SIGTERM
TimeoutStopSec=120

[Install]
WantedBy=default.target
`,
  start: () => [
    ['systemctl', '--user', 'daemon-reload'],
    ['systemctl', '--user', 'enable', '--now', UNIT],
  ],
  stop: () => [['systemctl', '--user', 'disable', '--now', UNIT]],
  status: () => ['systemctl', '--user', 'is-active', UNIT],
};

/** systemd.service(5): double quotes, C escapes, and `%` and `$` doubled. */
function quote(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
}
