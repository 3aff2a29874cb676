import * as z from 'zod';

/**
 * The control API under `/_planward/v1/`, all with `Authorization: Bearer <token>` from the endpoint file:
 *
 * | route | gives |
 * | --- | --- |
 * | `GET snapshot` | the Snapshot |
 * | `GET report?since=<ms>` | the Report of what the ledger holds since that instant; 503 `ledger-off` where it cannot be read |
 * | `GET history?from&to&bucket` | the History of one account in buckets (see history.ts for bounds); 404 `unknown-account`, 503 `ledger-off` |
 * | `GET exchanges?since&until` | a page of exchanges, oldest first (see exchanges.ts); 503 `ledger-off` |
 * | `GET metrics` | the Snapshot in the text format of Prometheus |
 * | `GET events` | SSE: `event: snapshot` with a whole Snapshot as data, first one at once, later ones as things change; `?asks=1` from who can put a held turn to the user |
 * | `GET settings`, `PATCH settings` | RelaySettings; a patch replaces the keys it names and is kept on disk |
 * | `POST lift` | `{providerId, accountKey, what}`: takes away the stop of a key after a policy stop, or with `guard` the user's own guard until it ends by itself; `{ok: boolean}` |
 * | `POST flag` | `{id, action}`: `dismiss` takes a flag away, `coding` also teaches that prompts like it are coding; `{ok: boolean}` |
 * | `POST hold` | `{id, answer}`: the user's word on a held turn: `send`, `stop`, or `coding`, which sends it and teaches; `{ok: boolean}` |
 * | `GET turns?id=<transcript>` | the Transcript of a session that the Snapshot lists; 404 `unknown-transcript` |
 * | `POST judge` | a prompt an agent's own hook hands over (judge-call.ts): what is done about it |
 * | `POST statusline` | figures an agent's status line was handed (statusline-call.ts): what its line has to say |
 * | `GET taught`, `POST taught` | what was called coding, newest first, as ids and times; `{forget: [id]}` takes it back, `{forgotten: number}` |
 * | `POST drain` | `{ok: true}`; the relay closes its listener, finishes its streams and exits |
 * | `POST succeed` | `{version}`: starts that version's program from the home on the same listening sockets; once it serves, `{ok, pid}`, and this relay drains; 409 `not-succeeded` where it goes on as before |
 *
 * Errors: `{"error": {"code", "message"}}` with a 4xx status.
 */
export const CONTROL = {
  snapshot: '/_planward/v1/snapshot',
  report: '/_planward/v1/report',
  history: '/_planward/v1/history',
  exchanges: '/_planward/v1/exchanges',
  metrics: '/_planward/v1/metrics',
  events: '/_planward/v1/events',
  settings: '/_planward/v1/settings',
  lift: '/_planward/v1/lift',
  flag: '/_planward/v1/flag',
  hold: '/_planward/v1/hold',
  turns: '/_planward/v1/turns',
  taught: '/_planward/v1/taught',
  drain: '/_planward/v1/drain',
  succeed: '/_planward/v1/succeed',
} as const;

/** Body of `POST lift`. */
export const liftSchema = z.object({
  providerId: z.string(),
  accountKey: z.string(),
  what: z.enum(['stop', 'guard']).default('stop'),
});
export type Lift = z.infer<typeof liftSchema>;

/** Body of `POST flag`. */
export const settleFlagSchema = z.object({
  id: z.string(),
  action: z.enum(['dismiss', 'coding']),
  /** Why, in the user's words; optional. */
  reason: z.string().max(200).optional(),
});
export type FlagAction = z.infer<typeof settleFlagSchema>['action'];

/** Prompts the user called coding: when, never what. */
export const taughtSchema = z.object({ prompts: z.array(z.object({ id: z.string(), at: z.number() })) });
export type TaughtEntry = z.infer<typeof taughtSchema>['prompts'][number];

/** Body of `POST taught`. */
export const forgetSchema = z.object({ forget: z.array(z.string()).max(500) });
export const forgottenSchema = z.object({ forgotten: z.number() });

/** The answer of `POST lift` and `POST flag`. */
export const liftedSchema = z.object({ ok: z.boolean() });

export const controlErrorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Body of `POST succeed`. */
export const succeedSchema = z.object({ version: z.string().max(64) });

/** Its answer. */
export const succeededSchema = z.object({ ok: z.literal(true), pid: z.number() });
