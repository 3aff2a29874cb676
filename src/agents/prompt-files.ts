/** Whether agents read a file of this path as a prompt; `/` between folders. */
export function isPromptFile(path: string): boolean {
  return PROMPT_FILES.some((pattern) => pattern.test(path));
}

/** Instructions, skills, heartbeats, scheduled jobs and rules of the agents we know. */
const PROMPT_FILES = [
  /\.(?:prompt|chatmode|instructions)\.md$/i,
  /(?:^|\/)(?:AGENTS|CLAUDE|CLAUDE\.local|GEMINI|SKILL|HEARTBEAT)\.md$/,
  /(?:^|\/)\.github\/copilot-instructions\.md$/,
  /(?:^|\/)\.claude\/(?:agents|commands|skills|rules)\/(?:.*\/)?[^/]+\.md$/,
  /(?:^|\/)\.clinerules(?:\/(?:workflows\/)?[^/]+\.(?:md|txt))?$/,
  /(?:^|\/)Cline\/(?:Rules|Workflows)\/[^/]+\.(?:md|txt)$/,
  /(?:^|\/)\.kilocoderules$/,
  /(?:^|\/)\.kilo(?:code)?\/(?:rules|workflows|command|agent)[^/]*\/(?:.*\/)?[^/]+\.(?:md|txt)$/,
  /(?:^|\/)\.roo\/rules[^/]*\/(?:.*\/)?[^/]+\.(?:md|txt)$/,
  /(?:^|\/)\.openclaw(?:-[\w.-]+)?\/(?:cron\/[^/]+\.json|workspace(?:-[\w.-]+)?\/(?:.*\/)?[^/]+\.md)$/,
];
