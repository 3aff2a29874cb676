import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../../scripts/places.ts';
import { runCommand } from '../../scripts/run-command.ts';

const HOST = join(import.meta.dirname, 'host');
const FOLDER = join(CACHE, 'vscode');
const PRODUCT = join(FOLDER, 'node_modules/code-server/lib/vscode');
const STAMP = join(FOLDER, '.installed');
/** Raised when what is done after npm changes. */
const RECIPE = '1';

/** VS Code's own server program, without code-server's layer above it. */
export const VSCODE_SERVER = join(PRODUCT, 'out/server-main.js');

/**
 * Fills `.cache/vscode` with the VS Code that code-server carries (about 260 MB), and nothing where it is there already.
 *
 * No install script runs: code-server's own wants npm itself to run on Node 24, Kerberos headers and two minutes of C++ for
 * modules a test never loads. What Linux x64 needs lies prebuilt in the packages; the two modules that do not are replaced by
 * the stand-ins in `host/`. Throws with npm's words where a package cannot be had.
 */
export async function installVscode(say: (line: string) => void): Promise<void> {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return say('VS Code is installed already');
  say('VS Code comes from npm (code-server), about 15 s…');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(HOST, file), join(FOLDER, file));
  await npm(FOLDER, ['ci']);
  say('code-server unpacked');
  // `npm ci` refuses here: the shrinkwrap that VS Code ships lacks a peer dependency. Every other version stays pinned by it.
  await npm(PRODUCT, ['install', '--omit=dev', '--no-save']);
  await npm(join(PRODUCT, 'extensions'), ['ci', '--omit=dev']);
  say('its modules and built-in extensions unpacked');
  linkCommands();
  for (const module of ['spdlog', 'native-watchdog']) {
    copyFileSync(join(HOST, `${module}.cjs`), join(PRODUCT, 'node_modules/@vscode', module, 'index.js'));
  }
  prune();
  writeFileSync(STAMP, wanted);
  say('VS Code is ready');
}

function fingerprint(): string {
  const files = ['package-lock.json', 'spdlog.cjs', 'native-watchdog.cjs'].map((file) => join(HOST, file));
  return [RECIPE, ...files.map((file) => readFileSync(file, 'utf8'))].join('\0');
}

async function npm(cwd: string, args: readonly string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  // The surrounding `npm test` leaves variables that would make this npm take our package.json for its own.
  const inherited = Object.keys(process.env).filter((name) =>
    /^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
  );
  const env = Object.fromEntries(inherited.map((name) => [name, undefined]));
  const run = await runCommand('npm', [...args, ...quiet], { cwd, env, timeoutMs: 240_000 });
  if (run.code !== 0) throw new Error(`npm ${args.join(' ')} in ${cwd} ended with ${run.code}:\n${run.output}`);
}

/** What code-server's install script would have linked: `code-server` in terminals, and the program that opens links. */
function linkCommands(): void {
  for (const [folder, source, name] of [
    ['remote-cli', 'code-linux.sh', 'code-server'],
    ['helpers', 'browser-linux.sh', 'browser.sh'],
  ] as const) {
    const target = join(PRODUCT, 'bin', folder, name);
    rmSync(target, { force: true });
    if (existsSync(join(PRODUCT, 'bin', folder, source))) symlinkSync(source, target);
  }
}

/** Takes away what a test never starts: chat, accounts, other platforms' binaries. 616 MB become 257 MB. */
function prune(): void {
  const unused = [
    'node_modules/@github',
    'node_modules/@microsoft/mxc-sdk',
    'node_modules/node-pty/third_party',
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
    'extensions/microsoft-authentication',
    'extensions/github-authentication',
    'extensions/github',
  ];
  for (const path of unused) rmSync(join(PRODUCT, path), { recursive: true, force: true });
  for (const folder of ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds']) {
    for (const platform of readdirSync(join(PRODUCT, folder))) {
      if (platform !== 'linux-x64') rmSync(join(PRODUCT, folder, platform), { recursive: true, force: true });
    }
  }
}
