import type { ServiceKind } from './service-kind.ts';

const LABEL = 'dev.planward.relay';

/** A launchd agent of the user. Started anew only where it did not end well. */
export const launchAgent: ServiceKind = {
  name: 'launchd agent',
  encoding: 'utf8',
  file: ({ userHome }) => `${userHome}/Library/LaunchAgents/${LABEL}.plist`,
  write: ({ runtime, script, home, port }) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${[runtime, script, '--home', home, '--port', String(port)].map((word) => `    <string>${escapeXml(word)}</string>`).join('\n')}
  </array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>ELECTRON_RUN_AS_NODE</key>
    <string>1</string>
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ProcessType</key>
  <string>Background</string>
</dict>
</plist>
`,
  start: (file) => [['launchctl', 'load', '-w', file]],
  stop: (file) => [['launchctl', 'unload', '-w', file]],
  status: () => ['launchctl', 'list', LABEL],
};

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
