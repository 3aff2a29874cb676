import type { FromPage } from '../protocol/dashboard.ts';

/** What VS Code gives a page: a line to the window, and a state that outlives a reload. */
export interface VscodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Can be called once. */
  function acquireVsCodeApi(): VscodeApi;
}
