import type { ControlDeps } from './control-deps.ts';

/** What a route is asked: an authorised request of a program on this machine. Everything in it is untrusted. */
export interface ControlAsk {
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body, 256 KB at most; undefined where it is none. */
  readonly body: unknown;
}

export type ControlAnswer =
  | { readonly status: 200; readonly json: unknown; /** After the answer left. */ readonly afterwards?: () => void }
  /** Text of another type than JSON. */
  | { readonly status: 200; readonly text: string; readonly type: string }
  | { readonly status: number; readonly error: { readonly code: string; readonly message: string } };

/** One route of the control API. Reading adds nothing; only POST and PATCH have a body. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly answer: (ask: ControlAsk, deps: ControlDeps) => ControlAnswer | Promise<ControlAnswer>;
}

export function ok(json: unknown): ControlAnswer {
  return { status: 200, json };
}

export function refused(status: number, code: string, message: string): ControlAnswer {
  return { status, error: { code, message } };
}
