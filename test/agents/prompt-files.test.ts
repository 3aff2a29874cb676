import { expect, test } from 'vitest';
import { isPromptFile } from '../../src/agents/prompt-files.ts';

test.each([
  '/w/plan.prompt.md',
  '/w/.github/chatmodes/review.chatmode.md',
  '/w/AGENTS.md',
  '/w/sub/CLAUDE.md',
  '/w/skills/a/SKILL.md',
  '/w/HEARTBEAT.md',
  '/w/.clinerules',
  '/w/.clinerules/style.md',
  '/w/.kilocode/rules/style.md',
  '/w/.kilocode/rules-code/deep/style.md',
  '/w/.github/copilot-instructions.md',
  '/w/style.instructions.md',
  '/w/.claude/agents/reviewer.md',
  '/w/.clinerules/workflows/release.md',
  '/home/sam/Documents/Cline/Rules/mail.md',
  '/w/.kilo/rules/style.md',
  '/w/.roo/rules-code/style.md',
  '/home/sam/.openclaw/cron/jobs.json',
  '/home/sam/.openclaw-work/cron/daily.json',
  '/home/sam/.openclaw/workspace-family/memory/2026-11-22.md',
  '/home/sam/.openclaw/workspace/SOUL.md',
])('%s is read by agents as a prompt', (path) => {
  expect(isPromptFile(path)).toBe(true);
});

test.each(['/w/README.md', '/w/agents.ts', '/w/MY-AGENTS.md', '/w/.clinerules/a/b/c.ts', '/w/cron/jobs.json'])(
  '%s is not',
  (path) => {
    expect(isPromptFile(path)).toBe(false);
  },
);
