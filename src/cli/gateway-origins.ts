import { readFileSync } from 'node:fs';
import type { ProviderOrigin } from '../agents/relay-url.ts';
import { homePaths } from '../protocol/home.ts';
import { relaySettingsSchema } from '../protocol/relay-settings.ts';

/** Origins that the user's settings re-point providers to: an agent that uses one of them uses that provider. Never throws. */
export function gatewayOrigins(home: string): readonly ProviderOrigin[] {
  try {
    const settings: unknown = JSON.parse(readFileSync(homePaths(home).settings, 'utf8'));
    const { upstreams } = relaySettingsSchema.pick({ upstreams: true }).parse(settings);
    return Object.entries(upstreams).map(([providerId, origin]) => ({ providerId, origin }));
  } catch {
    return [];
  }
}
