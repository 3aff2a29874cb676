import { parseArgs } from 'node:util';
import { homeFolder } from '../protocol/home.ts';
import type { Command } from './command.ts';
import { checkAgents } from './doctor/check-agents.ts';
import { checkOwnEntries } from './doctor/check-own-entries.ts';
import { checkProviders } from './doctor/check-providers.ts';
import { checkRelay } from './doctor/check-relay.ts';
import { checkRuntime } from './doctor/check-runtime.ts';
import { checkService } from './doctor/check-service.ts';
import { checkWays } from './doctor/check-ways.ts';
import type { Check, Finding } from './doctor/finding.ts';
import { mend } from './doctor/mend.ts';
import { misuse } from './misuse.ts';
import { placesOf } from './places.ts';

/** The doctor's round, in order. */
const CHECKS: readonly Check[] = [
  checkRuntime,
  checkRelay,
  checkAgents,
  checkOwnEntries,
  checkWays,
  checkService,
  checkProviders,
];

/** Findings that mending puts right. */
const MENDED = /^(?:agent|hooks|statusline|shell)(?::|$)/;

const MARKS: Readonly<Record<Finding['status'], string>> = {
  ok: 'ok  ',
  info: '    ',
  warn: 'warn',
  fail: 'FAIL',
  skipped: 'skip',
};

/** Looks at everything between an agent and its provider. Changes nothing but with --mend, and then what the user agreed to. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: '[--online] [--json] [--mend [--yes]] [--home DIR]',
  summary:
    'check the whole path from agents to providers; exit 1 where something is broken; --mend takes dead addresses, hooks and status lines out, each after you agreed',
  async run(argv, io) {
    let values: { online?: boolean; json?: boolean; mend?: boolean; yes?: boolean; home?: string };
    try {
      ({ values } = parseArgs({
        args: [...argv],
        options: {
          online: { type: 'boolean' },
          json: { type: 'boolean' },
          mend: { type: 'boolean' },
          yes: { type: 'boolean' },
          home: { type: 'string' },
        },
      }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    if (values.mend === true && values.json === true) return misuse(io, '--mend and --json do not go together.');
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
    if (values.mend === true) {
      if (!(await mend(patient, values.yes === true))) return 1;
      return findings.some(({ id, status }) => status === 'fail' && !MENDED.test(id)) ? 1 : 0;
    }
    return ok ? 0 : 1;
  },
};
