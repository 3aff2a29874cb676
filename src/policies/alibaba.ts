import type { PolicyPack } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';

const PAGE = 'https://www.alibabacloud.com/help/ja/model-studio/other-tools-coding-plan';
const APPEAL = 'A ticket in the Alibaba Cloud console.';

/** Alibaba Cloud Model Studio, Coding Plan. */
export const alibaba: PolicyPack = {
  id: 'alibaba',
  name: 'Model Studio Coding Plan',
  vendor: 'Alibaba Cloud',
  providers: ['alibaba', 'alibaba-intl'],
  version: '2026-03-28',
  tools: [
    ...toolsNamed('supported', 'claude-code openclaw qwen-code cline opencode qoder kilo-code cursor codex zcode'),
    ...toolsNamed('unsupported', 'dify n8n coze postman insomnia'),
  ],
  rules: [
    {
      id: 'interactive-tools',
      title: 'Interactive coding tools',
      says: 'The plan key is for interactive coding tools such as Claude Code and OpenClaw only.',
      quote: 'API キーは、Claude Code や OpenClaw などのインタラクティブなコーディングツールでのみ使用してください。',
      source: {
        url: PAGE,
        readOn: '2026-03-28',
        doubt: 'Read in Japanese. Tools beyond the two named are taken from the vendor’s own set-up pages.',
      },
      severity: 'serious',
      match: { by: 'tool', standing: ['unsupported'] },
      mustMatch: [{ shows: 'a workflow platform', text: 'fix the test', client: 'n8n' }],
      mustNotMatch: [
        { shows: 'a coding tool', text: 'fix the test', client: 'claude-code' },
        { shows: 'a tool that is not named', text: 'fix the test', client: 'aider' },
      ],
      appeal: APPEAL,
      enforcement:
        '405 "Coding Plan is currently only available for Coding Agents" for clients that are not recognised (March-April 2026).',
      advice: 'Use a pay-as-you-go key in workflow platforms and API test tools.',
    },
    {
      id: 'no-automation',
      title: 'No scripts or batches',
      says: 'No automated scripts, application back ends or batches without a person; the subscription may be suspended.',
      quote:
        '自動化されたスクリプト、アプリケーションのバックエンド、または非インタラクティブなバッチプロセスでは使用しないでください。',
      source: { url: PAGE, readOn: '2026-03-28', doubt: 'Read in Japanese.' },
      severity: 'serious',
      match: { by: 'signal', anyOf: ['raw-api', 'batch', 'unattended'] },
      mustMatch: [
        { shows: 'a cron job', text: 'Summarise the log', signals: ['unattended'] },
        { shows: 'a bare SDK', text: 'Summarise the log', signals: ['raw-api'] },
      ],
      mustNotMatch: [{ shows: 'a person in an agent', text: 'Summarise the log', client: 'openclaw' }],
      appeal: APPEAL,
      enforcement: 'Suspension of the subscription or revocation of the key are threatened; cases are not known.',
      advice: 'Switch off heartbeats and cron turns for this key.',
    },
  ],
  notKnown: [
    'No rule on tasks was found, so nothing is flagged by task.',
    'Whether the text changed after March 2026.',
  ],
};
