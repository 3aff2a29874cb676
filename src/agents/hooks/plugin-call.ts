import type { HookSays } from '../../core/hook.ts';

/** How our plugins are answered: `{"act", "text"}`, or nothing. */
export function replyToPlugin(says: HookSays | undefined): string {
  return says === undefined ? '' : JSON.stringify(says);
}

/** How long a plugin of ours waits for the program; after that the prompt goes through. */
const PATIENCE_MS = 1500;

/**
 * The function `ask(input)` of a plugin, as its source: runs the launcher with the input as JSON on stdin, and gives what it
 * says, or undefined. Everything that can go wrong gives undefined, in bounded time.
 */
export function askSource(launcher: string, agentId: string): string {
  return `import { spawn } from 'node:child_process';

function ask(input) {
  return new Promise((resolve) => {
    let said = '';
    let child;
    const timer = setTimeout(() => end(undefined), ${PATIENCE_MS});
    function end(says) {
      clearTimeout(timer);
      try {
        child?.kill('SIGKILL');
      } catch {}
      resolve(says);
    }
    try {
      child = spawn(${JSON.stringify(launcher)}, ${JSON.stringify([agentId])}, { stdio: ['pipe', 'pipe', 'ignore'] });
      child.on('error', () => end(undefined));
      child.stdin.on('error', () => {});
      child.stdout.on('data', (part) => (said += part));
      child.stdout.on('error', () => {});
      child.on('close', () => {
        try {
          const says = said.trim() === '' ? undefined : JSON.parse(said);
          end(says?.act === 'block' || says?.act === 'warn' ? says : undefined);
        } catch {
          end(undefined);
        }
      });
      child.stdin.end(JSON.stringify(input));
    } catch {
      end(undefined);
    }
  });
}
`;
}
