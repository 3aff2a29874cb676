import type { PolicyPack } from '../core/policy-pack.ts';
import { toolsNamed } from './clients.ts';

const ERRORS = 'https://www.kimi.com/code/docs/en/kimi-code/error-reference.html';
const APPEAL = 'support@moonshot.ai; for false positives code@moonshot.ai.';

/** Kimi Code, the coding part of a Kimi membership. */
export const kimi: PolicyPack = {
  id: 'kimi',
  name: 'Kimi Code',
  vendor: 'Moonshot AI',
  providers: ['kimi'],
  version: '2026-09-01',
  tools: toolsNamed('supported', 'kimi-cli claude-code roo-code kilo-code opencode openclaw hermes-agent'),
  rules: [
    {
      id: 'tool-scope',
      title: 'Coding agents only',
      says: 'The OpenAI-style endpoint answers known coding agents only; the Anthropic-style one has no such list.',
      quote:
        'Kimi For Coding is currently only available for Coding Agents such as Kimi CLI, Claude Code, Roo Code, Kilo Code, etc.',
      source: { url: ERRORS, readOn: '2026-09-01', doubt: '"etc.": the list is open.' },
      severity: 'info',
      match: { by: 'tool', standing: ['unlisted'] },
      mustMatch: [{ shows: 'a tool that is not named', zh: '未列入的工具', text: 'fix the test', client: 'aider' }],
      mustNotMatch: [
        { shows: 'a named tool', zh: '列入的工具', text: 'fix the test', client: 'kilo-code' },
        { shows: 'a named general agent', zh: '列入的通用智能体', text: 'fix the test', client: 'openclaw' },
      ],
      appeal: APPEAL,
      enforcement: '403 access_terminated_error for clients that are not recognised.',
      advice: 'Point the tool at the Anthropic-style base; the documentation says it needs no approval.',
      zh: {
        title: '仅限编程智能体',
        says: 'OpenAI 风格的端点只响应已知的编程智能体；Anthropic 风格的端点没有这样的清单。',
        appeal: 'support@moonshot.ai；误判请联系 code@moonshot.ai。',
        enforcement: '未识别的客户端得到 403 access_terminated_error。',
        advice: '请让工具使用 Anthropic 风格的地址；文档称其无需审批。',
        doubt: '“etc.”表示清单是开放的。',
      },
    },
    {
      id: 'direct-api',
      title: 'Interactive use',
      says: 'The membership is for a person at work in an agent, not for services and batches.',
      quote: 'personal interactive use only',
      source: {
        url: 'https://www.kimi.com/code/docs/kimi-code/community-guidelines.html',
        readOn: '2026-09-01',
        doubt: 'Quoted by users; the page itself could not be read.',
      },
      severity: 'warning',
      match: { by: 'signal', anyOf: ['raw-api', 'batch', 'several-people'] },
      mustMatch: [{ shows: 'a batch', zh: '批量请求', text: 'Classify this line', signals: ['batch'] }],
      mustNotMatch: [
        { shows: 'a person in an agent', zh: '有人在智能体中操作', text: 'fix the test', client: 'kimi-cli' },
      ],
      appeal: APPEAL,
      enforcement: '403 "Access terminated." is the documented end.',
      advice: 'Use an Open Platform key for programs.',
      zh: {
        title: '交互式使用',
        says: '会员权益供人在智能体中工作使用，不用于服务和批处理。',
        appeal: 'support@moonshot.ai；误判请联系 code@moonshot.ai。',
        enforcement: '文档所载的最终结果是 403 “Access terminated.”。',
        advice: '程序请使用开放平台的密钥。',
        doubt: '由用户引用；页面本身未能读取。',
      },
    },
  ],
  notKnown: ['The text of the community guidelines.', 'No rule on tasks was found, so nothing is flagged by task.'],
  zh: { notKnown: ['社区准则的内容。', '未发现关于任务的规则，因此不按任务标记。'] },
};
