// node activation-process.ts DIST HOME: loads the bundled extension and activates it with a stand-in for VS Code's API, says on
// stdout what that cost, and ends once nothing more is loaded. One JSON line: see ActivationCost.
import Module, { createRequire } from 'node:module';
import { basename, join, sep } from 'node:path';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** `files` are those of `dist` that were loaded, in order, with their bytes; times are CPU of the main thread, ms. */
export interface ActivationCost {
  /** From `require` to the end of `activate()`: what VS Code waits for. */
  readonly start: { readonly files: readonly LoadedFile[]; readonly loadMs: number; readonly activateMs: number };
  /** Until the relay was looked for and what draws stands. */
  readonly after: { readonly files: readonly LoadedFile[]; readonly ms: number };
}

export interface LoadedFile {
  readonly name: string;
  readonly bytes: number;
}

const [dist = '', home = ''] = process.argv.slice(2);
const files: LoadedFile[] = [];
/** CPU of this thread where Node tells it, of the process otherwise. */
const cpuMs = (): number => {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
};

/** Answers every question about VS Code with itself. */
const anything: unknown = new Proxy(function () {}, {
  get: (_, key) => {
    if (key === 'then') return undefined;
    if (key === Symbol.iterator) return () => [].values();
    return key === Symbol.toPrimitive ? () => '' : anything;
  },
  apply: () => anything,
  construct: () => anything as object,
});
const or = (own: object): unknown =>
  new Proxy(own, { get: (target, key) => (key in target ? Reflect.get(target, key) : anything) });
const nothing = (): void => {};
const configuration = {
  get: (key: string, fallback: unknown) => (key === 'relay.home' ? home : key === 'relay.autoStart' ? false : fallback),
  inspect: () => ({}),
};
const vscode = or({
  Disposable: { from: () => ({ dispose: nothing }) },
  TabInputText: Map,
  TabInputWebview: Map,
  env: { language: 'en' },
  l10n: { t: (text: string) => text },
  workspace: or({ getConfiguration: () => configuration, textDocuments: [], workspaceFolders: [] }),
  window: or({
    createOutputChannel: () => ({ info: nothing, warn: console.error, error: console.error, dispose: nothing }),
    createTreeView: () => ({ visible: false, onDidChangeVisibility: nothing, dispose: nothing }),
    tabGroups: or({ all: [] }),
  }),
});

type Load = (request: string, ...rest: unknown[]) => unknown;
const load = Reflect.get(Module, '_load') as Load;
const asked: Load = (request, ...rest) => (request === 'vscode' ? vscode : load.call(Module, request, ...rest));
Reflect.set(Module, '_load', asked);
const compilers = Reflect.get(Module, '_extensions') as Record<string, (module: unknown, file: string) => void>;
const compile = compilers['.js']!;
compilers['.js'] = (module, file) => {
  if (file.startsWith(dist + sep)) files.push({ name: basename(file), bytes: statSync(file).size });
  compile(module, file);
};

const memory = { get: (_: string, fallback: unknown) => fallback, update: () => Promise.resolve() };
const manifest = JSON.parse(readFileSync(join(dist, '..', 'package.json'), 'utf8')) as object;
const context = {
  subscriptions: [],
  extension: { id: 'planward.planward', packageJSON: manifest },
  asAbsolutePath: (path: string) => join(dist, '..', path),
  globalState: memory,
  workspaceState: memory,
  globalStorageUri: { fsPath: join(home, 'storage') },
  environmentVariableCollection: or({}),
};

const require = createRequire(import.meta.url);
// VS Code's own host has these long since.
for (const name of ['http', 'crypto', 'fs/promises', 'child_process', 'readline', 'timers/promises'])
  require(`node:${name}`);
const before = cpuMs();
const { activate } = require(join(dist, 'extension.cjs')) as { activate(given: unknown): unknown };
const loaded = cpuMs();
activate(context);
const activated = cpuMs();
const start = { files: [...files], loadMs: loaded - before, activateMs: activated - loaded };
for (let quiet = 0, known = -1; quiet < 20 || files.length === start.files.length; quiet++) {
  await pause(10);
  if (files.length !== known) quiet = 0;
  known = files.length;
}
const cost: ActivationCost = { start, after: { files: files.slice(start.files.length), ms: cpuMs() - activated } };
process.stdout.write(`${JSON.stringify(cost)}\n`, () => process.exit(0));
