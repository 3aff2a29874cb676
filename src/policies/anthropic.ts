import type { PolicyPack } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';

const LEGAL = 'https://code.claude.com/docs/en/legal-and-compliance';
const APPEAL =
  'The appeal form named in the suspension e-mail; weeks without an answer are reported (claude-code issues 51670, 63421).';

/** Anthropic Free, Pro and Max. No rule limits them to coding. */
export const anthropic: PolicyPack = {
  id: 'anthropic',
  name: 'Claude Pro and Max',
  vendor: 'Anthropic',
  providers: ['anthropic'],
  version: '2026-09-19',
  tools: toolsNamed('supported', 'claude-code claude-for-ide'),
  rules: [
    {
      id: 'foreign-login',
      title: 'Login of another program',
      says: 'A subscription login is for Claude Code and Anthropic’s own programs, not for other tools.',
      quote: 'designed to support ordinary use of Claude Code and other native Anthropic applications',
      source: {
        url: LEGAL,
        readOn: '2026-09-19',
        doubt:
          'A variant of February 2026 named the Agent SDK as not permitted; the later text names it as ordinary use.',
      },
      severity: 'serious',
      match: { by: 'signal', anyOf: ['foreign-login'] },
      from: '2026-02-17',
      mustMatch: [
        {
          shows: 'another agent with the subscription login',
          text: 'fix the test',
          client: 'opencode',
          signals: ['foreign-login'],
        },
      ],
      mustNotMatch: [{ shows: 'its own program', text: 'fix the test', client: 'claude-code' }],
      appeal: APPEAL,
      enforcement: 'Requests of other programs are refused or billed as extra usage (2026).',
      advice: 'Use an API key in other tools.',
    },
    {
      id: 'ordinary-use',
      title: 'Ordinary, individual use',
      says: 'Published limits assume that one person uses the plan in an ordinary way.',
      quote:
        'Advertised usage limits for Pro and Max plans assume ordinary, individual usage of Claude Code and the Agent SDK.',
      source: { url: LEGAL, readOn: '2026-09-19' },
      severity: 'warning',
      match: { by: 'signal', anyOf: ['several-people', 'forwarded'] },
      from: '2026-02-17',
      mustMatch: [{ shows: 'a shared login', text: 'fix the test', signals: ['several-people'] }],
      mustNotMatch: [
        { shows: 'sub-agents of one person', text: 'fix the test', client: 'claude-code', turn: 'sub-agent' },
      ],
      appeal: APPEAL,
      enforcement: 'Account suspensions by e-mail.',
      advice: 'One login per person; an API key for services.',
    },
  ],
  notKnown: [
    'Whether a relay on your own machine, reached through ANTHROPIC_BASE_URL with a subscription login, is spoken of anywhere.',
    'No rule limits these plans to coding, so nothing is flagged by task.',
  ],
};
