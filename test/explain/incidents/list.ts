import { accountRateIncidents } from './account-rate.ts';
import { configurationIncidents } from './configuration.ts';
import { edgeIncidents } from './edges.ts';
import { platformIncidents } from './platform.ts';
import { policyIncidents } from './policy.ts';
import type { ScriptedIncident } from './scripted-incident.ts';
import { windowIncidents } from './windows.ts';

export const scriptedIncidents: readonly ScriptedIncident[] = [
  ...accountRateIncidents,
  ...platformIncidents,
  ...windowIncidents,
  ...configurationIncidents,
  ...policyIncidents,
  ...edgeIncidents,
];
