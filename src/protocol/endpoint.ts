import * as z from 'zod';

/** Default port: "PLAN" on a keypad. */
export const DEFAULT_PORT = 7526;

/** Version of the control API. A client and a relay understand each other if the major part is the same. */
export const PROTOCOL = '1.0';

export const HEALTH_PATH = '/_planward/health';
export const CONTROL_PREFIX = '/_planward/v1/';

/** `endpoint.json`: how to reach the running relay. Mode 0600, since it holds the token. */
export const endpointSchema = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65535),
  token: z.string().min(32),
  version: z.string().min(1),
  protocol: z.string().regex(/^\d+\.\d+$/),
  startedAt: z.number(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** What `GET /_planward/health` says, to anyone on this machine. */
export const healthSchema = z.object({
  name: z.literal('planward'),
  version: z.string(),
  protocol: z.string(),
  pid: z.int(),
  uptimeMs: z.number(),
  draining: z.boolean().default(false),
});
export type Health = z.infer<typeof healthSchema>;

/** True where both speak the same major version of the control API. */
export function speaksSame(a: string, b: string): boolean {
  return a.split('.')[0] === b.split('.')[0];
}

/** Below 0 where `a` is the older of two `x.y.z` versions, 0 where equal. A pre-release counts as its release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((v) => v.split('-')[0]!.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
