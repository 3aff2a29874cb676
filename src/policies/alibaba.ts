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
      mustMatch: [{ shows: 'a workflow platform', zh: '工作流平台', text: 'fix the test', client: 'n8n' }],
      mustNotMatch: [
        { shows: 'a coding tool', zh: '编程工具', text: 'fix the test', client: 'claude-code' },
        { shows: 'a tool that is not named', zh: '未列入的工具', text: 'fix the test', client: 'aider' },
      ],
      appeal: APPEAL,
      enforcement:
        '405 "Coding Plan is currently only available for Coding Agents" for clients that are not recognised (March-April 2026).',
      advice: 'Use a pay-as-you-go key in workflow platforms and API test tools.',
      zh: {
        title: '交互式编程工具',
        says: '套餐密钥仅用于 Claude Code、OpenClaw 等交互式编程工具。',
        appeal: '在阿里云控制台提交工单。',
        enforcement:
          '未识别的客户端得到 405 “Coding Plan is currently only available for Coding Agents”（2026 年 3 至 4 月）。',
        advice: '工作流平台和 API 测试工具请使用按量计费密钥。',
        doubt: '读取的是日文版。所列两种之外的工具取自厂商自己的配置页面。',
      },
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
        { shows: 'a cron job', zh: '定时任务', text: 'Summarise the log', signals: ['unattended'] },
        { shows: 'a bare SDK', zh: '直接使用 SDK', text: 'Summarise the log', signals: ['raw-api'] },
      ],
      mustNotMatch: [
        { shows: 'a person in an agent', zh: '有人在智能体中操作', text: 'Summarise the log', client: 'openclaw' },
      ],
      appeal: APPEAL,
      enforcement: 'Suspension of the subscription or revocation of the key are threatened; cases are not known.',
      advice: 'Switch off heartbeats and cron turns for this key.',
      zh: {
        title: '不得用于脚本或批处理',
        says: '不得用于自动化脚本、应用后端或无人值守的批处理；订阅可能被暂停。',
        appeal: '在阿里云控制台提交工单。',
        enforcement: '条文称可能暂停订阅或吊销密钥；具体案例未知。',
        advice: '请为此密钥关闭心跳和定时轮次。',
        doubt: '读取的是日文版。',
      },
    },
  ],
  notKnown: [
    'No rule on tasks was found, so nothing is flagged by task.',
    'Whether the text changed after March 2026.',
  ],
  zh: { notKnown: ['未发现关于任务的规则，因此不按任务标记。', '2026 年 3 月之后条文是否改变。'] },
};
