import type { Remedy, RemedyAction } from '../../core/error-code.ts';
import { text } from '../../core/text.ts';

function remedy(action: RemedyAction, en: string, zh: string, url?: string): Remedy {
  return url === undefined ? { action, text: text(en, zh) } : { action, text: text(en, zh), url };
}

/** Remedies that more than one vendor's errors call for. */
export const ADVICE = {
  backOff: remedy(
    'wait',
    'Wait before the next try, and longer after each refusal: 2, 8, 30, then 60 seconds and more.',
    '下次重试前先等待，每次被拒后等得更久：2、8、30 秒，然后 60 秒以上。',
  ),
  tryLater: remedy('wait', 'Try again in a minute or two.', '过一两分钟再试。'),
  slowDown: remedy(
    'slow-down',
    'Let fewer requests run at once: queue them for this key, run fewer sub-agents and sessions.',
    '减少同时进行的请求：让此密钥的请求排队，减少子智能体和会话。',
  ),
  waitForReset: remedy(
    'wait-for-reset',
    'Wait until the window resets; trying again before does not help.',
    '等到额度窗口重置；在此之前重试没有用。',
  ),
  useKey: remedy(
    'check-key',
    'Check the key in the agent’s settings: whole, not expired, from the console this endpoint belongs to.',
    '检查智能体设置中的密钥：是否完整、是否过期、是否来自该接口所属的控制台。',
  ),
  logIn: remedy('check-key', 'Log in again in the agent.', '在智能体中重新登录。'),
  checkEndpoint: remedy(
    'check-endpoint',
    'Check the base URL in the agent’s settings.',
    '检查智能体设置中的接口地址（base URL）。',
  ),
  checkModel: remedy('change-model', 'Choose a model that this plan includes.', '选择此套餐包含的模型。'),
  otherModel: remedy('change-model', 'Try another model meanwhile.', '暂时换用其他模型。'),
  renew: remedy('check-plan', 'Renew the plan, or use another key.', '续订套餐，或使用其他密钥。'),
  checkPlan: remedy('check-plan', 'Look up the state of the plan in the console.', '在控制台查看套餐状态。'),
  topUp: remedy('top-up', 'Top up the balance in the provider’s console.', '在服务商控制台充值。'),
  askAdmin: remedy(
    'top-up',
    'Ask the administrator of the account to raise the spending cap.',
    '请账户管理员提高消费上限。',
  ),
  support: remedy(
    'ask-support',
    'If it goes on, ask the provider’s support and name the request id.',
    '若持续出现，请联系服务商支持并提供请求 ID。',
  ),
  changeRequest: remedy(
    'change-request',
    'Update the agent, or change what it sends: the same request fails again.',
    '更新智能体或修改它发送的内容：同样的请求会再次失败。',
  ),
  compact: remedy('change-request', 'Compact the conversation or start a new one.', '压缩对话，或开始新对话。'),
  rephrase: remedy(
    'change-request',
    'Take out or rephrase what the filter may object to; files and tool results count as well.',
    '删除或改写可能触发过滤的内容；文件和工具结果也算在内。',
  ),
  stop: remedy(
    'stop-traffic',
    'Stop all agents that use this key. Further requests can make the restriction last longer.',
    '停止所有使用此密钥的智能体。继续请求可能延长限制时间。',
  ),
  officialClient: remedy(
    'change-client',
    'Use a program that the provider names for this plan.',
    '使用服务商为此套餐列出的程序。',
  ),
  apiKey: remedy(
    'change-client',
    'For other programs, use an API key that is paid by use.',
    '其他程序请使用按量付费的 API 密钥。',
  ),
  network: remedy(
    'check-network',
    'Check VPN, proxy and network: the answer did not come from the API itself.',
    '检查 VPN、代理和网络：该响应并非来自 API 本身。',
  ),
} as const satisfies Readonly<Record<string, Remedy>>;

/** A remedy of one vendor only. */
export const only = remedy;
