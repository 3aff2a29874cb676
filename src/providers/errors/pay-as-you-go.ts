import type { ErrorCatalogue, ErrorSign } from '../../core/error-code.ts';
import { ADVICE } from './advice.ts';
import { vendorCodes } from './vendor-codes.ts';

const deepseek = vendorCodes({ url: 'https://api-docs.deepseek.com/quick_start/error_codes', readOn: '2026-09-07' });
const openrouter = vendorCodes({ url: 'https://openrouter.ai/docs/api-reference/errors', readOn: '2026-09-07' });

/** An HTTP status as the whole sign: enough where the vendor is known, so the words are that vendor's own. */
const on = (says: string, ...statuses: readonly number[]): ErrorSign => ({ says, statuses });

/** DeepSeek has no plan: its errors are HTTP statuses. */
export const deepseekErrors: ErrorCatalogue = {
  id: 'deepseek',
  name: 'DeepSeek',
  providerIds: ['deepseek'],
  codes: [
    deepseek(
      'insufficient-balance',
      'window-exhausted',
      ['Balance used up', '余额不足'],
      ['The prepaid balance is empty.', '预付余额已用完。'],
      {
        statuses: [402],
        signs: [on('insufficient balance', 402), { says: 'insufficient balance' }],
        retry: 'after-fix',
        remedies: [ADVICE.topUp],
        states: 'balance-empty',
      },
    ),
    deepseek(
      'rate-limit',
      'account-rate',
      ['Requests too fast', '请求过快'],
      ['Requests come too fast; the limit moves with load.', '请求过快；限制随负载变化。'],
      {
        statuses: [429],
        signs: [on('rate limit', 429), on('too quickly', 429)],
        remedies: [ADVICE.slowDown, ADVICE.backOff],
      },
    ),
    deepseek(
      'server-overloaded',
      'platform-overload',
      ['Server overloaded', '服务器过载'],
      ['The provider has too much to do, for everybody.', '服务商当前负载过高，影响所有人。'],
      {
        statuses: [503],
        signs: [on('overloaded', 503), on('busy', 503)],
        remedies: [ADVICE.backOff],
      },
    ),
    deepseek(
      'authentication-fails',
      'plan-config',
      ['Key not accepted', '密钥不被接受'],
      ['The key is wrong.', '密钥错误。'],
      {
        statuses: [401],
        signs: [on('authentication fails', 401)],
        remedies: [ADVICE.useKey],
        starts: { 'key-refused': 1.6 },
      },
    ),
  ],
};

/** OpenRouter passes other vendors' errors on; its own are about credits and its free tier. */
export const openrouterErrors: ErrorCatalogue = {
  id: 'openrouter',
  name: 'OpenRouter',
  providerIds: ['openrouter'],
  codes: [
    openrouter(
      'openrouter_credits',
      'window-exhausted',
      ['Credits used up', '额度不足'],
      ['The account has too few credits for this request.', '账户额度不足以完成此请求。'],
      {
        statuses: [402],
        says: ['requires more credits', 'insufficient credits'],
        retry: 'after-fix',
        remedies: [ADVICE.topUp],
        states: 'balance-empty',
      },
    ),
    openrouter(
      'openrouter_key_limit',
      'window-exhausted',
      ['Key’s own limit reached', '密钥达到自身上限'],
      ['This key has a spending limit of its own, and it is reached.', '此密钥自身的消费上限已达到。'],
      {
        statuses: [402, 403],
        says: ['key limit exceeded'],
        retry: 'after-fix',
        remedies: [ADVICE.askAdmin],
        states: 'window-used-up',
      },
    ),
    openrouter(
      'free-models-per-day',
      'window-exhausted',
      ['Free requests of the day used up', '当日免费次数已用完'],
      [
        'Free models allow 50 requests a day, or 1,000 once ten dollars of credits were bought.',
        '免费模型每天 50 次请求；购买过 10 美元额度后为 1,000 次。',
      ],
      {
        statuses: [429],
        says: ['free-models-per-day'],
        remedies: [ADVICE.waitForReset, ADVICE.topUp],
        states: 'window-used-up',
      },
    ),
    openrouter(
      'free-models-per-min',
      'account-rate',
      ['Free requests too fast', '免费请求过快'],
      ['Free models allow 20 requests a minute.', '免费模型每分钟 20 次请求。'],
      {
        statuses: [429],
        says: ['free-models-per-min'],
        remedies: [ADVICE.backOff],
        starts: { 'request-rate': 1.4 },
      },
    ),
    openrouter(
      'rate-limited-upstream',
      'platform-overload',
      ['The vendor behind is rate-limited', '后端厂商限流'],
      [
        'The vendor that serves the model refuses for now, for everyone who comes through OpenRouter.',
        '提供该模型的厂商暂时拒绝，影响所有经 OpenRouter 的请求。',
      ],
      {
        statuses: [429],
        says: ['rate-limited upstream'],
        remedies: [ADVICE.otherModel, ADVICE.backOff],
      },
    ),
    openrouter(
      'moderation',
      'content',
      ['Blocked by moderation', '被内容审核拦截'],
      ['The model’s vendor requires moderation, and it flagged the input.', '模型厂商要求内容审核，输入被标记。'],
      {
        statuses: [403],
        says: ['requires moderation', 'input was flagged'],
        remedies: [ADVICE.rephrase],
      },
    ),
    openrouter(
      'provider-returned-error',
      'provider-fault',
      ['The vendor behind failed', '后端厂商出错'],
      ['The vendor that serves the model answered with an error.', '提供该模型的厂商返回了错误。'],
      {
        statuses: [502, 200],
        says: ['provider returned error'],
        remedies: [ADVICE.otherModel, ADVICE.tryLater],
      },
    ),
    openrouter(
      'no-provider',
      'platform-overload',
      ['No vendor available', '没有可用厂商'],
      ['No vendor that fits the request is available.', '没有符合要求的厂商可用。'],
      {
        statuses: [503],
        says: ['no available model provider', 'no allowed providers'],
        remedies: [ADVICE.otherModel],
      },
    ),
  ],
};
