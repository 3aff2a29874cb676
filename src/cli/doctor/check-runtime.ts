import { accessSync, constants, statSync } from 'node:fs';
import { openJournal } from '../../connect/journal.ts';
import { proxyObstacle } from '../../connect/loopback-proxy.ts';
import type { Check, Finding } from './finding.ts';

/** Oldest Node whose SQLite the relay can use. */
const SQLITE_FROM = [22, 15] as const;
/** No clock of a machine that runs this is right and says less. */
const BUILT_AT = Date.UTC(2026, 0, 1);

/** Node, SQLite, the home folder and its journal, proxy variables, the clock. */
export const checkRuntime: Check = async ({ io, home }) => [
  await checkNode(),
  checkHome(home),
  ...checkJournal(home),
  checkProxy(io.env),
  checkClock(Date.now()),
];

async function checkNode(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = major > SQLITE_FROM[0] || (major === SQLITE_FROM[0] && minor >= SQLITE_FROM[1]);
  const sqlite = await import('node:sqlite').then(
    () => true,
    () => false,
  );
  if (recent && sqlite) return { id: 'node', status: 'ok', says: `Node ${process.versions.node} with SQLite.` };
  return {
    id: 'node',
    status: 'warn',
    says: `Node ${process.versions.node} has no SQLite that the relay can use: it forwards, and keeps no record.`,
    fix: 'Install Node 22.15 or newer, or start the relay from VS Code.',
  };
}

function checkHome(home: string): Finding {
  const stat = statSync(home, { throwIfNoEntry: false });
  if (stat === undefined)
    return { id: 'home', status: 'info', says: `${home} is not there yet; it is made at the first start.` };
  try {
    if (!stat.isDirectory()) throw new Error('it is no folder');
    accessSync(home, constants.W_OK | constants.X_OK);
  } catch (error) {
    const says = `${home} cannot be written: ${(error as Error).message}.`;
    return {
      id: 'home',
      status: 'fail',
      says,
      fix: 'Give it back to your user, or name another one with PLANWARD_HOME.',
    };
  }
  const open = process.platform !== 'win32' && (stat.mode & 0o077) !== 0;
  if (!open) return { id: 'home', status: 'ok', says: `${home} is yours alone.` };
  return { id: 'home', status: 'warn', says: `Other users can look into ${home}.`, fix: `chmod 700 ${home}` };
}

function checkJournal(home: string): readonly Finding[] {
  try {
    const damaged = openJournal(home).damaged();
    if (damaged === 0) return [];
    const says = `${damaged} ${damaged === 1 ? 'line' : 'lines'} of the journal cannot be read.`;
    return [
      {
        id: 'journal',
        status: 'warn',
        says,
        fix: 'Look through "planward connect": agents listed as connected can be put back with "planward disconnect".',
      },
    ];
  } catch (error) {
    return [{ id: 'journal', status: 'warn', says: `The journal cannot be read: ${(error as Error).message}.` }];
  }
}

function checkProxy(env: Readonly<Record<string, string | undefined>>): Finding {
  const obstacle = proxyObstacle(env);
  if (obstacle === undefined)
    return { id: 'proxy', status: 'ok', says: 'No proxy variable stands between agents and the relay.' };
  return {
    id: 'proxy',
    status: 'warn',
    says: `${obstacle.variables.join(' and ')} would send agents’ requests for this machine to a proxy.`,
    fix: `Set NO_PROXY=${obstacle.noProxy}`,
  };
}

function checkClock(now: number): Finding {
  if (now >= BUILT_AT) return { id: 'clock', status: 'ok', says: `The clock says ${new Date(now).toISOString()}.` };
  const says = `The clock says ${new Date(now).toISOString()}, which is too early: reset times would be wrong.`;
  return { id: 'clock', status: 'fail', says, fix: 'Set the clock.' };
}
