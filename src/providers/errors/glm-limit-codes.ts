import type { ErrorCode } from '../../core/error-code.ts';
import { text } from '../../core/text.ts';
import { ADVICE, only } from './advice.ts';
import { LINKS, OLDER, RATE_LIMIT_PAGE, report, TABLE, TABLE_CN, USAGE_POLICY } from './glm-sources.ts';

const NO_NUMBERS = text(
  'Z.AI publishes no concurrency numbers; the limit moves with load and plan.',
  'Z.AI 未公布并发数；限制随负载和套餐变化。',
);
const NO_LINK = text(
  'No official document ties 1302 to checks of what a prompt is about.',
  '没有官方文档把 1302 与提示词内容检查联系起来。',
);

const SLOW_DOWN = only(
  'slow-down',
  'Let requests for this key queue (Slow down), and run fewer sub-agents and sessions at once. A higher plan does not raise this limit by a published amount.',
  '让此密钥的请求排队（放慢），并减少同时运行的子智能体和会话。升级套餐并不会按公布的数额提高此限制。',
  RATE_LIMIT_PAGE.url,
);

/** Codes 1302-1305 and 1312: too much at once, here or there. */
export const glmLimitCodes: readonly ErrorCode[] = [
  {
    code: '1302',
    class: 'account-rate',
    title: text('Account rate limit', '账户达到速率限制'),
    meaning: text(
      'The provider refused because this account has too many requests at once, or too many in a short time, for this model. It is not about the plan’s windows. It mostly passes within seconds to two minutes.',
      '服务商拒绝了请求，因为此账户对该模型的并发请求过多，或短时间内请求过密。这与套餐额度窗口无关，通常几秒到两分钟内恢复。',
    ),
    retry: 'back-off',
    remedies: [SLOW_DOWN, ADVICE.backOff],
    statuses: [429],
    signs: [
      { says: 'rate limit reached for requests' },
      { says: 'high concurrency usage of this api' },
      { says: '您的账户已达到速率限制' },
      { says: '账户已达到速率限制' },
    ],
    notKnown: [NO_NUMBERS, NO_LINK],
    links: [RATE_LIMIT_PAGE.url, USAGE_POLICY.url],
    sources: [
      TABLE,
      TABLE_CN,
      RATE_LIMIT_PAGE,
      report('https://github.com/NousResearch/hermes-agent/issues/100065', '2026-08-31'),
      report(
        'https://awesomeagents.ai/news/zai-coding-plan-bans-non-coding-use',
        '2026-04-20',
        'A news site that reads a wave of 1302 and 1303 as enforcement; it names no mechanism.',
      ),
    ],
  },
  {
    code: '1303',
    class: 'account-rate',
    title: text('Request frequency too high', '请求频率过高'),
    meaning: text(
      'The older twin of 1302: too many requests in a short time. Current tables no longer list it; 1302 now covers both.',
      '1302 的旧版同类：短时间内请求过多。现行错误码表已不再列出，两种情况现在都用 1302。',
    ),
    retry: 'back-off',
    remedies: [SLOW_DOWN, ADVICE.backOff],
    statuses: [429],
    signs: [{ says: 'high frequency usage of this api' }],
    starts: { 'request-rate': 0.5, 'too-many-at-once': -0.3 },
    notKnown: [NO_NUMBERS],
    links: [RATE_LIMIT_PAGE.url],
    sources: [{ ...OLDER, doubt: 'Gone from the current tables (mid-2026).' }],
  },
  {
    code: '1304',
    class: 'window-exhausted',
    title: text('Daily call limit reached', '已达每日调用上限'),
    meaning: text('The account used up its calls of the day.', '账户当日调用次数已用完。'),
    retry: 'after-reset',
    remedies: [only('wait-for-reset', 'Wait until the next day (UTC+8).', '等到次日（UTC+8）。')],
    statuses: [429],
    states: 'window-used-up',
    notKnown: [text('When the day ends is not said; UTC+8 is assumed.', '未说明每日何时重置；按 UTC+8 推测。')],
    sources: [OLDER],
  },
  {
    code: '1305',
    class: 'platform-overload',
    title: text('Service overloaded', '服务过载'),
    meaning: text(
      'The provider says that the model has too much to do, whoever asks. Users have also shown the same code for requests whose system prompt names certain clients, whatever the load.',
      '服务商表示该模型当前访问量过大，与谁请求无关。也有用户证实：系统提示词中出现某些客户端名称时，无论负载如何都会返回此代码。',
    ),
    retry: 'back-off',
    remedies: [
      only(
        'wait',
        'Wait 30, 60, then 90 seconds between tries. Another key on the same address does not help.',
        '两次重试之间等待 30、60、90 秒。换用同一地址的其他密钥没有帮助。',
      ),
      ADVICE.otherModel,
    ],
    statuses: [429, 503, 529, 200],
    signs: [
      { says: 'the service may be temporarily overloaded' },
      { says: '该模型当前访问量过大' },
      { says: 'api triggered traffic' },
    ],
    notKnown: [
      text(
        'The answer does not tell real overload from a refusal of the client; Z.AI documents only the first.',
        '仅凭响应无法区分真正的过载与对客户端的拒绝；Z.AI 的文档只提到前者。',
      ),
    ],
    links: [TABLE.url],
    sources: [
      TABLE,
      TABLE_CN,
      report(
        'https://github.com/openclaw/openclaw/issues/103529',
        '2026-07-22',
        'A comparison by one user: the same request passes when one word is changed.',
      ),
      report('https://github.com/NousResearch/hermes-agent/issues/47685', '2026-07-22'),
    ],
  },
  {
    code: '1312',
    class: 'platform-overload',
    title: text('Model heavily loaded', '模型负载过高'),
    meaning: text(
      'Too many people use this model just now; the message suggests another one.',
      '当前使用此模型的人过多；消息建议换用其他模型。',
    ),
    retry: 'back-off',
    remedies: [ADVICE.otherModel, ADVICE.backOff],
    statuses: [429],
    sources: [OLDER],
  },
];

function spent(
  code: string,
  en: string,
  zh: string,
  meaningEn: string,
  meaningZh: string,
  says: readonly string[],
  cap?: 'balance' | 'cap',
): ErrorCode {
  const extra = cap === 'cap' ? [ADVICE.askAdmin] : cap === 'balance' ? [ADVICE.topUp] : [];
  return {
    code,
    class: 'window-exhausted',
    title: text(en, zh),
    meaning: text(meaningEn, meaningZh),
    retry: 'after-reset',
    remedies: [ADVICE.waitForReset, ...extra],
    statuses: [429],
    signs: says.map((each) => ({ says: each })),
    states: 'window-used-up',
    links: [LINKS.usage, LINKS.usageCn],
    sources: [TABLE, TABLE_CN],
  };
}

/** Codes 1308, 1310 and 1316-1321: a window is used up. Times in their messages are UTC+8. */
export const glmWindowCodes: readonly ErrorCode[] = [
  spent(
    '1308',
    'Five-hour window used up',
    '5 小时额度已用完',
    'The plan’s five-hour window is used up. Requests are refused until the time in the message, which is UTC+8.',
    '套餐的 5 小时额度已用完。在消息所示时间（UTC+8）之前请求都会被拒绝。',
    ['usage limit reached for 5 hour', 'usage limit reached for', '已达到 5 小时的使用上限', '小时的使用上限'],
  ),
  spent(
    '1310',
    'Weekly or monthly window used up',
    '每周或每月额度已用完',
    'The plan’s weekly (or monthly) window is used up. Requests are refused until the time in the message, which is UTC+8.',
    '套餐的每周（或每月）额度已用完。在消息所示时间（UTC+8）之前请求都会被拒绝。',
    ['weekly/monthly limit exhausted', '每周/每月使用上限'],
  ),
  spent(
    '1316',
    'Five-hour window used up, no balance for extra usage',
    '5 小时额度已用完，且额外用量余额不足',
    'The five-hour window is used up, and the balance for extra usage is empty.',
    '5 小时额度已用完，用于额外用量的余额也不足。',
    ['usage limit reached for the past 5 hours. insufficient balance'],
    'balance',
  ),
  spent(
    '1317',
    'Weekly window used up, no balance for extra usage',
    '每周额度已用完，且额外用量余额不足',
    'The window of seven days is used up, and the balance for extra usage is empty.',
    '7 天额度已用完，用于额外用量的余额也不足。',
    ['usage limit reached for the past 7 days. insufficient balance'],
    'balance',
  ),
  spent(
    '1318',
    'Five-hour window used up, sub-account cap reached',
    '5 小时额度已用完，且子账户达到消费上限',
    'The five-hour window is used up, and the sub-account reached its monthly spending cap.',
    '5 小时额度已用完，且子账户达到每月消费上限。',
    [],
    'cap',
  ),
  spent(
    '1319',
    'Weekly window used up, sub-account cap reached',
    '每周额度已用完，且子账户达到消费上限',
    'The window of seven days is used up, and the sub-account reached its monthly spending cap.',
    '7 天额度已用完，且子账户达到每月消费上限。',
    [],
    'cap',
  ),
  spent(
    '1320',
    'Five-hour window used up, company cap reached',
    '5 小时额度已用完，且企业达到消费上限',
    'The five-hour window is used up, and the company reached its monthly spending cap.',
    '5 小时额度已用完，且企业达到每月消费上限。',
    [],
    'cap',
  ),
  spent(
    '1321',
    'Weekly window used up, company cap reached',
    '每周额度已用完，且企业达到消费上限',
    'The window of seven days is used up, and the company reached its monthly spending cap.',
    '7 天额度已用完，且企业达到每月消费上限。',
    [],
    'cap',
  ),
];
