import { agents } from '../../agents/list.ts';
import { findStatusLine } from '../../agents/status-lines/list.ts';
import { transcriptSources } from '../../agents/transcripts/list.ts';
import { fetchSnapshot } from '../../client/call-relay.ts';
import { findRelay } from '../../client/find-relay.ts';
import { openJournal } from '../../connect/journal.ts';
import type { SeenWay } from '../../core/seen-turn.ts';
import type { Check, Finding } from './finding.ts';

/** What each way sees and what it cannot, for people who choose between them. */
const SIGHT: Readonly<Record<SeenWay, string>> = {
  relay:
    'The relay sees every request that is sent through it: tokens, limits, errors, the prompt while it passes. It sees nothing that goes past it.',
  hook: 'A prompt hook sees what a person writes before it is sent. It sees no tokens, no errors and no plan figures.',
  statusline:
    'A status line sees the plan’s figures as the agent has them, of that agent’s own plan. It sees no single request and no prompt.',
  transcript:
    'An agent’s own files tell the tokens of each answer afterwards. They tell no refused request, mostly no account, and nothing before it is too late.',
};

/** By which ways agents are seen now, and what each way can and cannot see. Asks only the relay on this machine. */
export const checkWays: Check = async ({ home }) => {
  const findings: Finding[] = [];
  const found = await findRelay(home);
  const status = found.ok ? await fetchSnapshot(found.endpoint) : undefined;
  const snapshot = status?.ok === true ? status.value : undefined;
  const seen = new Map<string, Set<SeenWay>>();
  for (const { agentId, ways = [] } of snapshot?.agents ?? []) {
    for (const { way } of ways) seen.set(agentId, (seen.get(agentId) ?? new Set()).add(way));
  }
  for (const [agentId, ways] of seen) {
    const name = agents.find(({ id }) => id === agentId)?.name ?? agentId;
    const blind = ways.has('relay') ? [] : (new Map(transcriptSources).get(agentId)?.blind ?? []);
    const unseen = ways.has('transcript') ? blind : [];
    const says = [`${name} is seen by ${[...ways].map(nameOf).join(' and ')}.`, ...unseen].join(' ');
    findings.push({ id: `seen:${agentId}`, status: 'info', says });
  }
  const files = snapshot?.turnFiles;
  if (files !== undefined) {
    const says =
      files.state === 'off'
        ? 'Agents’ own files are not read (planward transcripts on).'
        : `Agents’ own files are read: ${files.files} of them; ${files.turns} turns since the relay started that only they tell of, ${files.matched} that the relay carried too and that count once.`;
    findings.push({ id: 'transcripts', status: 'info', says });
  }
  for (const agentId of statusLinesOf(home)) {
    const name = agents.find(({ id }) => id === agentId)?.name ?? agentId;
    const says = `${name} runs Planward’s status line. Behind another base URL it is handed no plan figures; then the relay’s stand there.`;
    findings.push({ id: `statusline:${agentId}`, status: 'ok', says });
  }
  for (const [way, says] of Object.entries(SIGHT)) findings.push({ id: `way:${way}`, status: 'info', says });
  return findings;
};

function nameOf(way: SeenWay): string {
  return { relay: 'the relay', hook: 'its own hook', statusline: 'its status line', transcript: 'its own files' }[way];
}

function statusLinesOf(home: string): readonly string[] {
  try {
    const open = openJournal(home).open();
    return [...new Set(open.filter(({ what }) => what === 'statusline').map(({ agentId }) => agentId))].filter(
      (agentId) => findStatusLine(agentId) !== undefined,
    );
  } catch {
    return []; // checkAgents says what is wrong with the journal
  }
}
