export interface SettingEntry {
  /** Without the leading `planward.`. */
  readonly key: string;
  readonly section: 'relay' | 'providers' | 'pacing' | 'meter' | 'alerts' | 'scope' | 'prompts' | 'terminals';
  /** JSON Schema of the value, without texts. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: unknown;
  /** `machine`: one value per machine, since one relay serves every window; a workspace cannot change it. */
  readonly scope: 'machine' | 'window';
  readonly description: string;
  /** Keys the settings editor offers for a value by provider: their ids, or also their plans as values. */
  readonly offer?: 'providers' | 'plans';
  readonly choices?: readonly { readonly value: string; readonly description: string }[];
}
