import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RealAgent } from './real-agent.ts';

/** Cline's command line on the Z.AI coding plan. Its base URL stands only in its settings file. */
export const cline: RealAgent = {
  id: 'cline',
  name: 'Cline',
  packageName: 'cline',
  version: '3.0.65',
  prepare({ installedIn, home, workspace, providerUrl, apiKey, prompt, sparePort }) {
    const settings = {
      provider: 'zai-coding-plan',
      apiKey,
      model: 'glm-4.7',
      baseUrl: `${providerUrl}/api/coding/paas/v4`,
    };
    const folder = join(home, '.cline', 'data', 'settings');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'providers.json'),
      JSON.stringify({
        version: 1,
        lastUsedProvider: 'zai-coding-plan',
        modes: {},
        providers: {
          'zai-coding-plan': { settings, updatedAt: new Date().toISOString(), tokenSource: 'manual' },
        },
      }),
    );
    return {
      command: join(installedIn, 'node_modules', '.bin', 'cline'),
      args: ['-P', 'zai-coding-plan', '-m', 'glm-4.7', '-c', workspace, prompt],
      // The hub daemon has a fixed port otherwise, and would meet the one of whoever runs the test.
      env: { CLINE_HUB_PORT: String(sparePort), NODE_NO_WARNINGS: '1' },
    };
  },
};
