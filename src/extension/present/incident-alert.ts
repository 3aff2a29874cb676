import type { IncidentView, Snapshot } from '../../core/snapshot.ts';
import { languageOf } from '../../core/text.ts';
import { nameAgent } from './exchange-words.ts';
import { canSlowDown } from './incident-nodes.ts';
import { isPaced } from './pacer-words.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** An incident older than this when a window first sees it is history: the view lists it, nobody is told. */
const RECENT_MS = 5 * 60_000;
/** How long a single refusal may take to sort itself out before it is worth a word. */
const PATIENCE_MS = 15_000;
const MANY = 3;

/** Classes that pass by themselves; a lone refusal of these which the agent's next try gets past is nobody's concern. */
const PASSING = ['account-rate', 'platform-overload', 'provider-fault', 'edge-block', 'unknown'];
/** Matters between one request and its author: the agent shows them itself. */
const SILENT = ['bad-request', 'content'];

/**
 * Whether a notification is due for an incident now. First match wins:
 *
 * | incident | told |
 * | --- | --- |
 * | its last refusal is five minutes old | no |
 * | a bad request or a content filter | no |
 * | of a class that does not pass by itself | yes |
 * | three refusals or more | yes |
 * | got through since | no |
 * | still refused 15 s after it began | yes |
 */
export function isDue(incident: IncidentView, now: number): boolean {
  const { explanation, attempts, recoveredAt, startedAt, lastAt } = incident;
  if (now - lastAt > RECENT_MS || SILENT.includes(explanation.class)) return false;
  if (!PASSING.includes(explanation.class) || attempts >= MANY) return true;
  return recoveredAt === undefined && now - startedAt >= PATIENCE_MS;
}

export interface AlertButton {
  readonly title: string;
  readonly command:
    | 'planward.explainLastError'
    | 'planward.slowDown'
    | 'planward.pauseAgent'
    | 'planward.buildDossier'
    | undefined;
  readonly argument: string | undefined;
}

export interface IncidentAlert {
  readonly severity: 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly AlertButton[];
}

/** The one sentence that matters, and what can be done about it. */
export function presentAlert(voice: Voice, snapshot: Snapshot, incident: IncidentView): IncidentAlert {
  const { t } = voice;
  const { explanation, agentId, providerId } = incident;
  const button = (title: string, command: AlertButton['command'], argument?: string): AlertButton => ({
    title,
    command,
    argument,
  });
  const name = nameAgent(snapshot, agentId);
  const paced = isPaced(snapshot, providerId);
  return {
    severity: explanation.class === 'policy-stop' ? 'error' : 'warning',
    text: plainText(explanation.headline[languageOf(voice.locale)], 400),
    buttons: [
      button(t('Explain'), 'planward.explainLastError', incident.id),
      ...(canSlowDown(incident) && !paced ? [button(t('Slow down'), 'planward.slowDown', providerId)] : []),
      ...(explanation.class === 'policy-stop' ? [button(t('Appeal'), 'planward.buildDossier', incident.id)] : []),
      ...(name === undefined ? [] : [button(t('Pause {0}', name), 'planward.pauseAgent', agentId)]),
      button(t('Not now'), undefined),
    ],
  };
}
