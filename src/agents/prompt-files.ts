/** Whether agents read a file of this path as a prompt; `/` between folders. */
export function isPromptFile(path: string): boolean {
  return PROMPT_FILES.some((pattern) => pattern.test(path));
}

/** Instructions, skills, heartbeats, scheduled jobs and rules of the agents we know. */
const PROMPT_FILES = [
  /\.(?:prompt|chatmode)\.md$/i,
  /(?:^|\/)(?:AGENTS|CLAUDE|SKILL|HEARTBEAT)\.md$/,
  /(?:^|\/)\.clinerules(?:\/[^/]+\.(?:md|txt))?$/,
  /(?:^|\/)\.kilocoderules$/,
  /(?:^|\/)\.kilocode\/rules[^/]*\/(?:.*\/)?[^/]+\.(?:md|txt)$/,
  /(?:^|\/)\.openclaw\/(?:cron\/jobs\.json|workspace\/[^/]+\.md)$/,
];
