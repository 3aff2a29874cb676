import { agentName, agents } from '../../agents/list.ts';
import { readFile, writeFile } from '../../connect/config-file.ts';
import { inspectAgent } from '../../connect/inspect-agent.ts';
import { openJournal } from '../../connect/journal.ts';
import { findOwnEntries } from '../../connect/own-entries.ts';
import { planOwnRemoval, removeOwnEntries } from '../../connect/remove-own-entry.ts';
import { findShellAddresses, isAssignment } from '../../connect/shell-files.ts';
import { showDiff } from '../../connect/show-diff.ts';
import { ask } from '../ask.ts';
import { portReader } from './check-agents.ts';
import { putBack, putBackStrays } from '../put-back.ts';
import type { Patient } from './finding.ts';

/**
 * Puts right what the round finds dead: addresses where nobody listens, in agents' files and in shells', and hooks and status
 * lines whose program is gone. Shows each change and asks, unless `yes`. Gives whether all that could be mended is.
 */
export async function mend(patient: Patient, yes: boolean): Promise<boolean> {
  const own = await mendOwnEntries(patient, yes);
  const addresses = await mendAddresses(patient, yes);
  const shells = await mendShells(patient, yes);
  return own && addresses && shells;
}

async function mendOwnEntries({ io, places, home }: Patient, yes: boolean): Promise<boolean> {
  const dead = findOwnEntries(places).filter(({ missing }) => missing !== undefined);
  for (const path of new Set(dead.map(({ file }) => file.path))) {
    for (const entry of dead.filter(({ file }) => file.path === path)) {
      const plan = planOwnRemoval(entry);
      if (!plan.ok) io.err(plan.message);
      else if (plan.text === undefined) io.out(`${path} would be removed.\n`);
      else io.out(`${showDiff(path, entry.file.text, plan.text)}\n`);
    }
    if (!(await agreed(`Take this out of ${path}?`, yes))) continue;
    const done = removeOwnEntries({ home, places, now: Date.now() }, ({ file, missing }) => {
      return file.path === path && missing !== undefined;
    });
    for (const { agentId, message } of done) {
      if (message === undefined) io.out(`${agentName(agentId)}: our own is out of ${path}.\n`);
      else io.err(message);
    }
  }
  return findOwnEntries(places).every(({ missing }) => missing === undefined);
}

async function mendAddresses({ io, places, home }: Patient, yes: boolean): Promise<boolean> {
  const alive = portReader();
  let all = true;
  for (const agent of agents) {
    const { addresses, name } = inspectAgent(agent, places);
    const dead: string[] = [];
    for (const { leads, port, url } of addresses) {
      if (leads === 'relay' && port !== undefined && !(await alive(port))) dead.push(url);
    }
    if (dead.length === 0) continue;
    if (!(await agreed(`${name} is pointed at ${dead.join(', ')}. Put it back?`, yes))) {
      all = false;
      continue;
    }
    const options = { home, dryRun: false, ourKeys: true };
    const noted = openJournal(home)
      .open()
      .filter(({ agentId, what }) => agentId === agent.id && what === undefined);
    for (const connected of noted) all = (await putBack(connected, options, io)).ok && all;
    for (const { ok } of putBackStrays(agent, places, options, io)) all = ok && all;
  }
  return all;
}

async function mendShells({ io, places }: Patient, yes: boolean): Promise<boolean> {
  const alive = portReader();
  let all = true;
  // From the bottom up, so that the numbers of the lines above stay.
  for (const { file, line, url, port } of findShellAddresses(agents, places).toReversed()) {
    if (await alive(port)) continue;
    const read = readFile(file);
    const lines = read.ok ? read.file.text.split('\n') : [];
    const text = lines[line - 1];
    if (!read.ok || text === undefined || !isAssignment(text)) {
      io.out(`${file}:${line} names ${url} within something else: change that line by hand.\n`);
      all = false;
      continue;
    }
    const without = lines.toSpliced(line - 1, 1).join('\n');
    io.out(`${showDiff(file, read.file.text, without)}\n`);
    const done = (await agreed(`Take this line out of ${file}?`, yes)) ? writeFile(read.file, without) : undefined;
    if (done?.ok === false) io.err(`${done.message}.`);
    if (done?.ok === true) io.out(`${file}: the line is gone; terminals that are open keep what they read.\n`);
    all = done?.ok === true && all;
  }
  return all;
}

/** Where nobody can answer, nothing is changed. */
async function agreed(question: string, yes: boolean): Promise<boolean> {
  return yes || (await ask(question, false));
}
