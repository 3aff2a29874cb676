import type { PolicyPack } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';

const APPEAL =
  'The appeal form inside Antigravity, named in the 403 answer; unlocks after about 48 hours are reported (April 2026).';

/** Google Antigravity and Gemini for consumers. No rule limits them to coding. */
export const google: PolicyPack = {
  id: 'google',
  name: 'Antigravity and Gemini',
  vendor: 'Google',
  providers: ['gemini'],
  version: '2026-09-19',
  tools: toolsNamed('supported', 'gemini-cli antigravity'),
  rules: [
    {
      id: 'foreign-login',
      title: 'Login of another program',
      says: 'The login of Antigravity or Gemini CLI may not be used from other software; OpenClaw is the example given.',
      quote: 'third party software, tools, or services to access the Service',
      source: {
        url: 'https://antigravity.google/terms',
        readOn: '2026-09-19',
        doubt: 'Read as a quotation of item 6.',
      },
      severity: 'serious',
      match: { by: 'signal', anyOf: ['foreign-login'] },
      from: '2026-02-12',
      mustMatch: [
        { shows: 'OpenClaw with the Antigravity login', text: 'hello', client: 'openclaw', signals: ['foreign-login'] },
      ],
      mustNotMatch: [{ shows: 'Google’s own program', text: 'fix the test', client: 'gemini-cli' }],
      appeal: APPEAL,
      enforcement:
        'Mass bans from 12 February 2026; 403 "This service has been disabled in this account for violation of Terms of Service".',
      advice: 'Use an AI Studio API key in other tools.',
    },
  ],
  notKnown: ['No rule limits these plans to coding, so nothing is flagged by task.'],
};
