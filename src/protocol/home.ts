/** Names of what lives in Planward's home folder. Pure: joins strings, touches no disk. */
export interface HomePaths {
  readonly home: string;
  readonly endpoint: string;
  readonly settings: string;
  readonly salt: string;
  readonly taught: string;
  readonly ledger: string;
  readonly log: string;
  /** How far agents' own files were read. */
  readonly transcripts: string;
  /** Flags of prompts that hooks judged with no relay at hand. */
  readonly hookFlags: string;
  /** By which ways each agent was seen, and when last. */
  readonly ways: string;
}

/** `PLANWARD_HOME` if set, else `.planward` in the user's home. */
export function homeFolder(env: Readonly<Record<string, string | undefined>>, userHome: string): string {
  const moved = env['PLANWARD_HOME'];
  return moved === undefined || moved === '' ? `${userHome}/.planward` : moved;
}

export function homePaths(home: string): HomePaths {
  return {
    home,
    endpoint: `${home}/endpoint.json`,
    settings: `${home}/settings.json`,
    salt: `${home}/salt`,
    taught: `${home}/taught.json`,
    ledger: `${home}/ledger.db`,
    log: `${home}/relay.log`,
    transcripts: `${home}/transcripts.json`,
    hookFlags: `${home}/hook-flags.json`,
    ways: `${home}/ways.json`,
  };
}
