import type { HoldView } from '../../core/scope-mode.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameAgent } from './exchange-words.ts';
import { nameHeld, sayHold } from './hold-words.ts';
import { formatClock } from './instant.ts';
import { nameMode, nameModeKey } from './mode-picks.ts';
import { escapeMarkdown } from './plain-text.ts';
import type { TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

/** Requests that wait for the user's word: they stand before everything else. */
export function presentHolds(voice: Voice, snapshot: Snapshot | undefined): TreeNode[] {
  return (snapshot?.holds ?? []).map((hold) => presentHold(voice, snapshot!, hold));
}

function presentHold(voice: Voice, snapshot: Snapshot, hold: HoldView): TreeNode {
  const { t } = voice;
  const clock = formatClock(voice, hold.untilAt);
  const until =
    hold.byDefault === 'send' ? t('held until {0}, then sent', clock) : t('held until {0}, then stopped', clock);
  const label = nameHeld(voice, hold);
  const agent = nameAgent(snapshot, hold.agentId) ?? t('Unrecognised agent');
  return {
    id: `hold/${hold.id}`,
    label,
    description: `${agent} · ${until}`,
    tooltip: [`**${escapeMarkdown(label)}**`, escapeMarkdown(sayHold(voice, snapshot, hold), 400), until].join('\n\n'),
    icon: { id: 'debug-pause', color: 'list.warningForeground' },
    spoken: [label, agent, until].join(', '),
    context: 'hold',
    subject: hold.id,
    run: 'planward.answerHold',
  };
}

/** What is done about turns outside the terms: every mode beyond observe, and the mode where a flag came from. */
export function presentModeNodes(voice: Voice, snapshot: Snapshot | undefined): TreeNode[] {
  if (snapshot === undefined) return [];
  const { modes = {} } = snapshot;
  const flagged = snapshot.flags.map(({ providerId }) => providerId);
  const keys = [...Object.keys(modes).filter((key) => modes[key] !== 'observe'), ...flagged];
  return [...new Set(keys)].map((key) => {
    const label = voice.t('Mode: {0}', nameModeKey(snapshot, key));
    const mode = nameMode(voice, modes[key] ?? 'observe');
    return {
      id: `mode/${key}`,
      label,
      description: mode,
      icon: { id: 'settings' },
      spoken: `${label}, ${mode}`,
      context: 'mode',
      subject: key,
      run: 'planward.setMode',
    };
  });
}
