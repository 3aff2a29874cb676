import { parseArgs } from 'node:util';
import { homeFolder } from '../protocol/home.ts';
import type { Command } from './command.ts';
import { checkAgents } from './doctor/check-agents.ts';
import { checkProviders } from './doctor/check-providers.ts';
import { checkRelay } from './doctor/check-relay.ts';
import { checkRuntime } from './doctor/check-runtime.ts';
import { checkService } from './doctor/check-service.ts';
import { checkWays } from './doctor/check-ways.ts';
import type { Check, Finding } from './doctor/finding.ts';
import { misuse } from './misuse.ts';
import { placesOf } from './places.ts';

/** The doctor's round, in order. */
const CHECKS: readonly Check[] = [checkRuntime, checkRelay, checkAgents, checkWays, checkService, checkProviders];

const MARKS: Readonly<Record<Finding['status'], string>> = {
  ok: 'ok  ',
  info: '    ',
  warn: 'warn',
  fail: 'FAIL',
  skipped: 'skip',
};

/** Looks at everything between an agent and its provider. Changes nothing. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: '[--online] [--json] [--home DIR]',
  summary: 'check the whole path from agents to providers; exit 1 where something is broken',
  async run(argv, io) {
    let values: { online?: boolean; json?: boolean; home?: string };
    try {
      ({ values } = parseArgs({
        args: [...argv],
        options: { online: { type: 'boolean' }, json: { type: 'boolean' }, home: { type: 'string' } },
      }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const home = values.home ?? homeFolder(io.env, io.userHome);
    const patient = { io, places: placesOf(io), home, online: values.online === true };
    const findings: Finding[] = [];
    for (const look of CHECKS) findings.push(...(await look(patient)));
    const ok = !findings.some(({ status }) => status === 'fail');
    if (values.json === true) {
      io.out(`${JSON.stringify({ schema: 'planward.doctor.v1', ok, checks: findings }, undefined, 2)}\n`);
    } else {
      for (const { status, says, fix } of findings) {
        io.out(`${MARKS[status]} ${says}\n`);
        if (fix !== undefined && status !== 'ok') io.out(`       ${fix}\n`);
      }
    }
    return ok ? 0 : 1;
  },
};
