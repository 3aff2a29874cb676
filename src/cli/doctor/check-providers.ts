import { request } from 'node:https';
import { proxyObstacle } from '../../connect/loopback-proxy.ts';
import { providers } from '../../providers/list.ts';
import type { Check, Finding } from './finding.ts';

const LIMIT_MS = 6000;
/** Beyond this a countdown to a reset is visibly wrong. */
const SKEW_MS = 90_000;

/** Whether each provider's server answers, and what time it says it is. Only with --online; no key is sent. */
export const checkProviders: Check = async ({ online, io }) => {
  if (!online) {
    return [{ id: 'providers', status: 'skipped', says: 'Providers were not asked.', fix: 'planward doctor --online' }];
  }
  if (
    proxyObstacle({ HTTPS_PROXY: io.env['HTTPS_PROXY'] ?? io.env['https_proxy'] ?? io.env['ALL_PROXY'] }) !== undefined
  ) {
    return [
      {
        id: 'providers',
        status: 'skipped',
        says: 'Providers are reached through your proxy, which this check does not use.',
      },
    ];
  }
  const answers = await Promise.all(
    providers.map(async ({ id, name, upstream }) => ({ id, name, ...(await reach(upstream)) })),
  );
  const findings = answers.map(({ id, name, status, message }): Finding => {
    if (status !== undefined) return { id: `provider:${id}`, status: 'ok', says: `${name} answers.` };
    return {
      id: `provider:${id}`,
      status: 'warn',
      says: `${name} does not answer: ${message}.`,
      fix: 'Look at your network, proxy and certificates.',
    };
  });
  const skews = answers.flatMap(({ skewMs }) => (skewMs === undefined ? [] : [skewMs])).toSorted((a, b) => a - b);
  const skew = skews[Math.floor(skews.length / 2)];
  if (skew !== undefined && Math.abs(skew) > SKEW_MS) {
    const says = `This machine’s clock is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} the providers’.`;
    findings.push({ id: 'clock', status: 'warn', says, fix: 'Set the clock.' });
  }
  return findings;
};

interface Reached {
  readonly status: number | undefined;
  readonly message: string;
  readonly skewMs: number | undefined;
}

function reach(origin: string): Promise<Reached> {
  return new Promise((resolve) => {
    const call = request(origin, { method: 'HEAD', signal: AbortSignal.timeout(LIMIT_MS) }, (response) => {
      response.resume();
      const date = Date.parse(response.headers.date ?? '');
      resolve({ status: response.statusCode, message: '', skewMs: Number.isNaN(date) ? undefined : Date.now() - date });
    });
    call.on('error', ({ message }) => resolve({ status: undefined, message, skewMs: undefined }));
    call.end();
  });
}
