import { join } from 'node:path';
import type { ConnectedAgent } from '../connected/connected-agent.ts';
import { CONNECTED_AGENTS } from '../connected/connected-agent.ts';

/** A real agent that sends to the mock provider directly and asks Planward by its own hook. */
export interface HookedAgent extends Pick<
  ConnectedAgent,
  'id' | 'name' | 'packageName' | 'version' | 'command' | 'withoutOwnWrites'
> {
  /** What the user wrote before: path under HOME -> text, with the mock as the provider. */
  files(apiKey: string, mockUrl: string): Readonly<Record<string, string>>;
  /** True where its one-off run shows a warning; the others keep it to their window, and Planward's panel has it. */
  readonly showsWarning: boolean;
  /** Run only where it is named: nothing else needs its package. */
  readonly onlyNamed?: true;
}

const of = (id: string): ConnectedAgent => CONNECTED_AGENTS.find((agent) => agent.id === id)!;
const moved = (agent: ConnectedAgent, change: (text: string, mockUrl: string) => string): HookedAgent['files'] => {
  return (apiKey, mockUrl) =>
    Object.fromEntries(Object.entries(agent.files(apiKey)).map(([path, text]) => [path, change(text, mockUrl)]));
};
const toMock = (text: string, mockUrl: string): string => text.replaceAll('https://api.z.ai', mockUrl);

const opencodeInstalled = (folder: string): string =>
  join(folder, 'node_modules', `opencode-${process.platform}-${process.arch}`, 'bin', 'opencode');

const opencode: HookedAgent = {
  id: 'opencode',
  name: 'OpenCode',
  packageName: 'opencode-ai',
  version: '1.18.33',
  files: (apiKey, mockUrl) => ({
    '.config/opencode/opencode.jsonc': `{
  // the plan
  "model": "zai-coding-plan/glm-4.7",
  "provider": { "zai-coding-plan": { "options": { "apiKey": "${apiKey}", "baseURL": "${mockUrl}/api/coding/paas/v4" } } }
}
`,
  }),
  command: ({ installedIn, prompt }) => ({
    command: opencodeInstalled(installedIn),
    args: ['run', '-m', 'zai-coding-plan/glm-4.7', prompt],
    // With a plugin configured it fetches a package of its own at each start, and here there is no way out.
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1', npm_config_fetch_retries: '0' },
  }),
  showsWarning: true,
  onlyNamed: true,
};

export const HOOKED_AGENTS: readonly HookedAgent[] = [
  { ...of('claude-code'), files: moved(of('claude-code'), toMock), showsWarning: false },
  {
    ...of('cline'),
    files: moved(of('cline'), (text, mockUrl) =>
      text.replace('"model": "glm-4.7"', `"model": "glm-4.7",\n        "baseUrl": "${mockUrl}/api/coding/paas/v4"`),
    ),
    showsWarning: false,
  },
  {
    ...of('kilo-code'),
    files: moved(of('kilo-code'), (text, mockUrl) =>
      text.replace('"options": { ', `"options": { "baseURL": "${mockUrl}/api/coding/paas/v4", `),
    ),
    showsWarning: true,
  },
  opencode,
  { ...of('openclaw'), files: moved(of('openclaw'), toMock), showsWarning: true },
];
