import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { agents } from '../../agents/list.ts';
import { inspectAgent } from '../../connect/inspect-agent.ts';
import { proxyObstacle } from '../../connect/loopback-proxy.ts';
import { providers } from '../../providers/list.ts';
import { gatewayOrigins } from '../gateway-origins.ts';
import type { Check, Finding, Patient } from './finding.ts';

const LIMIT_MS = 6000;
/** Beyond this a countdown to a reset is visibly wrong. */
const SKEW_MS = 90_000;

/**
 * Whether the providers that agents of this machine are pointed at answer, and what time they say it is. Only with
 * --online; no key is sent.
 */
export const checkProviders: Check = async (patient) => {
  const { online, io } = patient;
  if (!online) {
    return [{ id: 'providers', status: 'skipped', says: 'Providers were not asked.', fix: 'planward doctor --online' }];
  }
  const upstreams = upstreamsInUse(patient);
  if (upstreams.length === 0) {
    return [{ id: 'providers', status: 'skipped', says: 'No agent’s file names a provider, so none was asked.' }];
  }
  const { HTTPS_PROXY = io.env['https_proxy'], ALL_PROXY = io.env['all_proxy'] } = io.env;
  if (proxyObstacle({ HTTPS_PROXY, ALL_PROXY }) !== undefined) {
    const says = 'Providers are reached through your proxy, which this check does not use.';
    return [{ id: 'providers', status: 'skipped', says }];
  }
  const answers = await Promise.all(
    upstreams.map(async ({ id, name, origin }) => ({ id, name, ...(await reach(origin)) })),
  );
  const findings = answers.map(({ id, name, status, message }): Finding => {
    if (status !== undefined) return { id: `provider:${id}`, status: 'ok', says: `${name} answers.` };
    const fix = 'Look at your network, proxy and certificates.';
    return { id: `provider:${id}`, status: 'warn', says: `${name} does not answer: ${message}.`, fix };
  });
  const skews = answers.flatMap(({ skewMs }) => (skewMs === undefined ? [] : [skewMs])).toSorted((a, b) => a - b);
  const skew = skews[Math.floor(skews.length / 2)];
  if (skew !== undefined && Math.abs(skew) > SKEW_MS) {
    const span = `${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'}`;
    findings.push({
      id: 'clock',
      status: 'warn',
      says: `This clock is ${span} the providers’.`,
      fix: 'Set the clock.',
    });
  }
  return findings;
};

interface UsedUpstream {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
}

function upstreamsInUse({ places, home }: Patient): readonly UsedUpstream[] {
  const origins = gatewayOrigins(home);
  const used = agents.flatMap((agent) =>
    inspectAgent(agent, places, { origins }).addresses.flatMap(({ providerId }) => providerId ?? []),
  );
  return providers
    .filter(({ id }) => used.includes(id))
    .map(({ id, name, upstream }) => ({
      id,
      name,
      origin: origins.find(({ providerId }) => providerId === id)?.origin ?? upstream,
    }));
}

interface Reached {
  readonly status: number | undefined;
  readonly message: string;
  readonly skewMs: number | undefined;
}

function reach(origin: string): Promise<Reached> {
  return new Promise((resolve) => {
    const request = origin.startsWith('http:') ? requestPlain : requestTls;
    const call = request(
      origin,
      { method: 'HEAD', agent: false, signal: AbortSignal.timeout(LIMIT_MS) },
      (response) => {
        response.resume();
        const date = Date.parse(response.headers.date ?? '');
        resolve({
          status: response.statusCode,
          message: '',
          skewMs: Number.isNaN(date) ? undefined : Date.now() - date,
        });
      },
    );
    call.on('error', ({ message }) => resolve({ status: undefined, message, skewMs: undefined }));
    call.end();
  });
}
