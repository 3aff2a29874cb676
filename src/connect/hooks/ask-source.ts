/** How long a plugin of ours waits for the program; after that the prompt goes through. */
const PATIENCE_MS = 1500;

/**
 * Source of `hooks/ask.mjs` of the home, which our plugins in other programs load: runs the launcher with the input as JSON
 * on stdin. Everything that can go wrong gives undefined, in bounded time. For Node and Bun.
 */
export function askModule(launcher: string): string {
  return `// Planward: what its plugins in other programs share.
import { spawn } from 'node:child_process';

/** The words are the agent and options of the program. */
export function ask(words, input) {
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
      child = spawn(${JSON.stringify(launcher)}, words, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
      child.on('error', () => end(undefined));
      child.stdin.on('error', () => {});
      child.stdout.on('error', () => {});
      child.stdout.on('data', (part) => (said += part));
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

export function print(text) {
  console.error(text);
}

/** Whether the program was started with this word, for a run without a window of its own. */
export function startedWith(word) {
  return process.argv.includes(word);
}
`;
}
