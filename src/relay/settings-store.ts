import { copyFileSync, constants, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Notice } from '../core/snapshot.ts';
import { relaySettingsPatchSchema, relaySettingsSchema, type RelaySettings } from '../protocol/relay-settings.ts';
import { errorCode, stampOf, writeAtomically } from './atomic-file.ts';

export type Patched =
  | { readonly ok: true; readonly settings: RelaySettings }
  /** `invalid`: nothing was changed. `not-kept`: it holds until the relay ends. `message` is one plain sentence. */
  | {
      readonly ok: false;
      readonly reason: 'invalid' | 'not-kept';
      readonly message: string;
      readonly settings: RelaySettings;
    };

export interface SettingsStore {
  current(): RelaySettings;
  /** Replaces the keys that `patch` (untrusted) names, all or none, and writes the file. Never throws. */
  patch(patch: unknown): Patched;
}

export interface SettingsStoreDeps {
  readonly path: string;
  readonly now: () => number;
  readonly onNotice: (notice: Notice) => void;
}

/**
 * Reads `settings.json` and keeps it. Absent: defaults. Not JSON, or a key that says nothing valid: the default for what
 * cannot be read, the file copied aside, one notice. Keys of a newer version are carried along. Never throws.
 */
export function openSettings({ path, now, onNotice }: SettingsStoreDeps): SettingsStore {
  const read = readSettings(path);
  let settings = read.settings;
  // Keys this version does not know belong to a newer one: they are written back as they were.
  const foreign = read.foreign;
  if (read.trouble !== undefined) tellTrouble(read.trouble);

  function tellTrouble({ code, why }: Trouble): void {
    const kept = code === 'settings-unreadable' ? '' : ` ${setAside()}`;
    const text = `Planward uses its default for settings it cannot read: ${why}.${kept} Set them again in VS Code or correct ${path}.`;
    onNotice({ code, severity: 'warning', text, at: now() });
  }

  function setAside(): string {
    const aside = copyOf(path) ?? `${path}.corrupt-${stampOf(now())}`;
    try {
      copyFileSync(path, aside, constants.COPYFILE_FICLONE);
      return `The file as it was is kept as ${aside}.`;
    } catch {
      return 'A copy of the file could not be kept.';
    }
  }

  return {
    current: () => settings,
    patch(patch) {
      const parsed = relaySettingsPatchSchema.safeParse(patch);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const where = issue === undefined || issue.path.length === 0 ? 'The settings' : issue.path.join('.');
        return { ok: false, reason: 'invalid', message: `${where}: ${issue?.message ?? 'not valid'}.`, settings };
      }
      const given = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
      settings = { ...settings, ...given };
      if (read.trouble?.code === 'settings-unreadable') {
        const message = `The setting holds until the relay ends, because ${path} cannot be read and is left as it is.`;
        return { ok: false, reason: 'not-kept', message, settings };
      }
      const written = writeAtomically(path, `${JSON.stringify({ ...foreign, ...settings }, undefined, 2)}\n`);
      if (written.ok) return { ok: true, settings };
      const message = `The setting holds until the relay ends, because ${path} cannot be written: ${written.message}.`;
      return { ok: false, reason: 'not-kept', message, settings };
    },
  };
}

/** A copy of the file that an earlier start kept; undefined where there is none like it. */
function copyOf(path: string): string | undefined {
  try {
    const content = readFileSync(path);
    return readdirSync(dirname(path))
      .filter((name) => name.startsWith(`${basename(path)}.corrupt-`))
      .map((name) => join(dirname(path), name))
      .find((copy) => readFileSync(copy).equals(content));
  } catch {
    return undefined;
  }
}

interface Trouble {
  readonly code: 'settings-corrupt' | 'settings-invalid' | 'settings-unreadable';
  readonly why: string;
}

interface SettingsReading {
  readonly settings: RelaySettings;
  readonly foreign: Readonly<Record<string, unknown>>;
  readonly trouble: Trouble | undefined;
}

function readSettings(path: string): SettingsReading {
  const defaults = relaySettingsSchema.parse({});
  const nothing = { settings: defaults, foreign: {} };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { ...nothing, trouble: undefined };
    return { ...nothing, trouble: { code: 'settings-unreadable', why: (error as Error).message } };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...nothing, trouble: { code: 'settings-corrupt', why: `${path} is not JSON` } };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ...nothing, trouble: { code: 'settings-corrupt', why: `${path} holds no settings` } };
  }
  const known: Record<string, unknown> = {};
  const foreign: Record<string, unknown> = {};
  const invalid: string[] = [];
  for (const [key, entry] of Object.entries(value)) {
    const shape = Object.hasOwn(relaySettingsSchema.shape, key)
      ? relaySettingsSchema.shape[key as keyof typeof relaySettingsSchema.shape]
      : undefined;
    if (shape === undefined) foreign[key] = entry;
    else if (shape.safeParse(entry).success) known[key] = entry;
    else invalid.push(key);
  }
  const trouble: Trouble | undefined =
    invalid.length === 0
      ? undefined
      : { code: 'settings-invalid', why: `${path} says nothing valid for ${invalid.join(', ')}` };
  return { settings: relaySettingsSchema.parse(known), foreign, trouble };
}
