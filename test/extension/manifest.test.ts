import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Manifest {
  readonly [key: string]: unknown;
  readonly engines: { readonly vscode: string };
  readonly icon: string;
  readonly keywords: readonly string[];
  readonly galleryBanner: { readonly color: string; readonly theme: string };
  readonly contributes: {
    readonly configuration: ConfigurationSection | readonly ConfigurationSection[];
  };
}
interface ConfigurationSection {
  readonly properties: Readonly<Record<string, { readonly scope?: string }>>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
/** Forks follow VS Code some months behind; a newer floor would lock them out. */
const HIGHEST_FLOOR = [1, 101] as const;
/** What is only about this window's display, or about the text in front of the user. All else is for the whole machine. */
const OF_A_WINDOW = /^planward\.(?:meter|alerts)\.|^planward\.scope\.(?:promptFiles|plan)$/;

describe('the manifest', () => {
  test('runs in the forks of VS Code: no proposed API, and an engine they have', () => {
    expect(manifest).not.toHaveProperty('enabledApiProposals');
    const [, major, minor] = /^\^(\d+)\.(\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    expect(major).toBe(String(HIGHEST_FLOOR[0]));
    expect(Number(minor)).toBeLessThanOrEqual(HIGHEST_FLOOR[1]);
  });

  test('runs beside the files and the agents, also over SSH, in WSL and in containers, and says that it needs a machine', () => {
    expect(manifest['extensionKind']).toEqual(['workspace']);
    // Without it VS Code in a browser alone says that an extension is not available there.
    expect(manifest).not.toHaveProperty('browser');
  });

  test('no workspace, trusted or not, sets what is about the relay, where requests go or which files are read', () => {
    expect(manifest['capabilities']).toEqual({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
    const sections = [manifest.contributes.configuration].flat();
    const settings = sections.flatMap(({ properties }) => Object.entries(properties));
    expect(settings.length).toBeGreaterThan(20);
    const loose = settings.filter(([, { scope }]) => scope !== 'machine' && scope !== 'application');
    expect(loose.map(([key]) => key).filter((key) => !OF_A_WINDOW.test(key))).toEqual([]);
  });

  test('nothing wakes it before VS Code is up', () => {
    expect(manifest['activationEvents']).toEqual(['onStartupFinished']);
  });

  test('has what the galleries show', () => {
    const icon = readFileSync(join(ROOT, manifest.icon));
    // Width and height of a PNG; the Marketplace asks for 128 at least.
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)].every((size) => size >= 128)).toBe(true);
    expect(manifest.galleryBanner.color).toMatch(/^#[\da-f]{6}$/);
    expect(['dark', 'light']).toContain(manifest.galleryBanner.theme);
    for (const key of ['displayName', 'description', 'publisher', 'version', 'license', 'categories']) {
      expect(manifest[key]).toBeTruthy();
    }
    // The Marketplace takes 30 at most.
    expect(manifest.keywords.length).toBeGreaterThan(0);
    expect(manifest.keywords.length).toBeLessThanOrEqual(30);
  });
});
