import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts an extension into a folder of them that declares the settings Claude Code's has, on disk rather than in the browser. */
export function placeStandIn(extensions: string): void {
  const folder = join(extensions, 'anthropic.claude-code-0.0.1');
  mkdirSync(folder, { recursive: true });
  const properties = {
    'claudeCode.environmentVariables': { type: 'array', default: [], scope: 'machine' },
    'claudeCode.disableLoginPrompt': { type: 'boolean', default: false, scope: 'machine' },
  };
  const manifest = {
    name: 'claude-code',
    publisher: 'anthropic',
    version: '0.0.1',
    engines: { vscode: '*' },
    contributes: { configuration: { title: 'Stand-in', properties } },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  placeProfiles(extensions);
}

/** One that offers profiles to other extensions as Roo Code's API does: a key in them is never told, the last one stays. */
function placeProfiles(extensions: string): void {
  const folder = join(extensions, 'rooveterinaryinc.roo-cline-0.0.1');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'roo-cline',
    publisher: 'RooVeterinaryInc',
    version: '0.0.1',
    engines: { vscode: '^1.90.0' },
    main: './main.js',
    activationEvents: [],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'main.js'),
    `const profiles = new Map([['default', { apiProvider: 'zai', modelId: 'glm-4.7' }]]);
let current = 'default';
const known = (name) => {
  if (!profiles.has(name)) throw new Error('Profile with name "' + name + '" does not exist');
};
exports.activate = () => ({
  getProfiles: () => [...profiles.keys()],
  getActiveProfile: () => current,
  getProfileEntry: (name) => profiles.has(name) ? { id: name, name, ...profiles.get(name) } : undefined,
  getConfiguration: () => {
    const { openAiApiKey, apiKey, ...told } = profiles.get(current);
    return { ...told, currentApiConfigName: current };
  },
  async upsertProfile(name, profile, activate = true) {
    profiles.set(name, { ...profile });
    if (activate) current = name;
    return name;
  },
  async setActiveProfile(name) {
    known(name);
    current = name;
    return name;
  },
  async deleteProfile(name) {
    known(name);
    if (profiles.size === 1) throw new Error('Cannot delete the last profile');
    profiles.delete(name);
    if (current === name) [current] = profiles.keys();
  },
  /** For the test alone. */
  all: () => Object.fromEntries(profiles),
});
`,
  );
}
