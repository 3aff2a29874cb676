import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CACHE, ROOT } from '../../scripts/places.ts';
import type { CommandId } from '../../src/extension/registry/commands.ts';
import type { OpenStream } from './behind-the-scene.ts';
import type { ViewId, Words } from './manifest-words.ts';
import type { Theme } from './settings.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

/** One window of a VS Code in which the packaged extension is installed, and the traffic behind it. */
export interface Scene {
  readonly theme: Theme;
  readonly page: Page;
  readonly workbench: Workbench;
  /** The folder the window shows. */
  readonly workspace: string;
  /** `PLANWARD_HOME` of the extension. */
  readonly home: string;
  /** `HOME` of the extension: empty but for what the scenario puts there. */
  readonly userHome: string;
  /** What the relay that the extension started says now; waits for its endpoint file, a minute at most. */
  snapshot(): Promise<Snapshot>;
  /** Sends the relay to other upstreams (origins by provider id) for good; resolves once it goes by them. */
  pointAt(upstreams: Readonly<Record<string, string>>): Promise<void>;
  /** Lets the simulated agents send through that relay, once; they go on until the run ends. */
  startTraffic(): Promise<void>;
  /** Begins a slow request through that relay and gives it back once its head has arrived; it takes 10 s. */
  openStream(): Promise<OpenStream>;
  /** A second window on the same server. */
  openWindow(): Promise<Workbench>;
  /** One thing a user does and sees; it counts as one test. The scenario ends where one fails. */
  step(title: string, act: () => Promise<void>): Promise<void>;
  /** Screenshot `<name>-<theme>.png`. */
  shot(name: string, options?: ShotOptions): Promise<void>;
}

export interface ShotOptions {
  /** Part of the window; the whole where absent. */
  readonly clip?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** True for those that docs/images shows. */
  readonly publish?: boolean;
  /** Another page than the window's. */
  readonly page?: Page;
}

/** A file of e2e/ exports one of these as `scenario`. */
export interface Scenario {
  readonly name: string;
  /** Those it can be played in. An ordinary run plays it once, in the first; `--all` in each of them. */
  readonly themes: readonly Theme[];
  /** True for the few that an ordinary run plays in each of their themes. */
  readonly core?: true;
  /** Display language of VS Code, where not English. */
  readonly locale?: 'zh-cn';
  /** Commands run from the palette and views focused, by keyboard. It fails where it does not drive one of them. */
  readonly drives?: readonly (CommandId | ViewId)[];
  play(scene: Scene): Promise<void>;
}

/** Thrown after a failed step, so that the rest of its scenario is left out; the step itself is counted already. */
export class StepFailed extends Error {}

export const SHOTS = join(CACHE, 'shots');
const PUBLISHED = join(ROOT, 'docs', 'images');

/** Takes screenshots into .cache/shots, and the published ones also into docs/images where `publishing`. */
export function createCamera(page: Page, theme: Theme, publishing: boolean): Scene['shot'] {
  return async (name, options = {}) => {
    mkdirSync(SHOTS, { recursive: true });
    const file = `${name}-${theme}.png`;
    const path = join(SHOTS, file);
    await (options.page ?? page).screenshot({
      path,
      animations: 'disabled',
      ...(options.clip === undefined ? {} : { clip: options.clip }),
    });
    if (options.publish !== true || !publishing) return;
    mkdirSync(PUBLISHED, { recursive: true });
    copyFileSync(path, join(PUBLISHED, file));
  };
}

export async function openWorkbench(page: Page, url: string, words: Words): Promise<Workbench> {
  await page.goto(url, { timeout: 60_000 });
  const workbench = createWorkbench(page, words);
  await workbench.ready();
  return workbench;
}
