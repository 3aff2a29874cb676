import { spawn } from 'node:child_process';

const PATIENCE_MS = 3000;
const LONGEST = 64 * 1024;

/** What the user's own status line command prints for the same input; empty where it fails. Never throws. */
export function runTheirs(command: string, input: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const limit = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    let said = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      if (said.length < LONGEST) said += text;
    });
    const done = (): void => {
      clearTimeout(limit);
      resolve(said.replace(/\n+$/, ''));
    };
    child.once('error', done);
    child.once('close', done);
    child.stdin.on('error', () => {}); // it does not read
    child.stdin.end(input);
  });
}
