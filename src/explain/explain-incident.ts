import { errorPage, type ErrorCatalogue, type ErrorClass, type ErrorCode } from '../core/error-code.ts';
import type { Explanation, Failure, FailureContext, RankedCause } from '../core/incident.ts';
import { bindingWindow } from '../core/quota-window.ts';
import { joinTexts, text, type Text } from '../core/text.ts';
import { generalCode } from './general-codes.ts';
import { chooseRemedies, rankCauses } from './rank-causes.ts';
import { recognise } from './recognise.ts';
import { redact } from './redact.ts';
import { instantText, percent, span, windowName } from './wording.ts';

/**
 * What a failure means, for a person: what happened, why as far as known, what may lie behind it, what helps, what is not known.
 * `catalogues` hold the vendors' codes; a code that is in none of them is said to be unknown, with what its HTTP status says.
 * Pure, never throws. Every text is in English and Simplified Chinese.
 */
export function explainIncident(
  failure: Failure,
  context: FailureContext,
  catalogues: readonly ErrorCatalogue[],
): Explanation {
  const recognised = recognise(failure, catalogues);
  const code = recognised?.code ?? unknownCode(failure);
  const ranked = rankCauses(failure, context, code);
  const retryAt = retryInstant(failure, context, code);
  return {
    code: code.code,
    known: recognised !== undefined,
    class: code.class,
    title: code.title,
    headline: headline(code, context),
    why: joinTexts([code.meaning, likelySentence(ranked), quotaSentence(code, context)]),
    causes: ranked,
    remedies: chooseRemedies(code, ranked),
    notKnown: [...(code.notKnown ?? []), ...(code.states === undefined && isBare(context) ? [NOTHING_AROUND] : [])],
    retry: { advice: code.retry, text: retryText(failure, context, code, retryAt) },
    retryAt,
    page: recognised === undefined ? undefined : errorPage(recognised.catalogue, recognised.code),
    links: code.links ?? [],
    sources: code.sources,
    raw: rawLine(failure),
  };
}

const NOTHING_AROUND = text(
  'Nothing is known of the requests around it, so causes are ranked by how often they were reported.',
  '不了解前后的请求情况，因此原因按报告的常见程度排列。',
);

function unknownCode(failure: Failure): ErrorCode {
  const inGeneral = generalCode(failure);
  const name = failure.code ?? failure.type ?? 'unknown';
  const said = failure.status === undefined ? '' : ` (HTTP ${failure.status})`;
  const own = text(
    failure.code === undefined
      ? `Planward cannot tell which error this is${said}.`
      : `Planward’s list holds no code ${name}${said}. It may be new.`,
    failure.code === undefined
      ? `Planward 无法判断这是哪种错误${said}。`
      : `Planward 的列表中没有代码 ${name}${said}，可能是新代码。`,
  );
  const general =
    inGeneral === undefined
      ? undefined
      : text(`By its HTTP status: ${inGeneral.meaning.en}`, `按 HTTP 状态：${inGeneral.meaning.zh}`);
  return {
    code: name,
    class: 'unknown',
    title:
      failure.code === undefined
        ? text('Error not recognised', '无法识别的错误')
        : text(`Unknown code ${name}`, `未知代码 ${name}`),
    meaning: joinTexts([own, general]),
    retry: inGeneral?.retry ?? 'unknown',
    remedies: inGeneral?.remedies ?? [],
    statuses: failure.status === undefined ? [] : [failure.status],
    starts: { 'not-known': 1, ...(failure.status === 429 ? { 'too-many-at-once': -1.6, 'request-rate': -1.8 } : {}) },
    notKnown: [text('What the provider means by it.', '服务商以此表示什么。')],
    sources: [],
  };
}

const VERBS: Readonly<Record<ErrorClass, readonly [en: string, zh: string]>> = {
  'account-rate': ['refused', '拒绝了'],
  'platform-overload': ['could not serve', '无法处理'],
  'window-exhausted': ['refused', '拒绝了'],
  'plan-config': ['refused', '拒绝了'],
  'policy-stop': ['refused', '拒绝了'],
  'client-not-allowed': ['refused', '拒绝了'],
  content: ['blocked', '拦截了'],
  'bad-request': ['could not use', '无法接受'],
  'edge-block': ['did not get to see', '没有收到'],
  'provider-fault': ['failed on', '未能完成'],
  unknown: ['answered with an error to', '以错误响应了'],
};

function headline(code: ErrorCode, context: FailureContext): Text {
  const who = context.providerName;
  const { count, overMs } = context.refusals ?? { count: 1, overMs: 0 };
  const [verb, verbZh] = VERBS[code.class];
  const over = count > 1 ? span(overMs) : undefined;
  const what = code.class === 'unknown' || /^(http-|edge-|no-)/.test(code.code) ? '' : `${code.code}, `;
  return text(
    `${who ?? 'The provider'} ${verb} ${count === 1 ? 'a request' : `${count} requests in ${over!.en}`} (${what}${inSentence(code.title.en)}).`,
    `${over === undefined ? '' : `${over.zh}内，`}${who === undefined ? '服务商' : `${who} `}${verbZh} ${count} 个请求（${what.replace(', ', '，')}${code.title.zh}）。`,
  );
}

/** A title within a sentence: its first letter small, unless it begins with a name or an abbreviation. */
function inSentence(title: string): string {
  return /^[A-Z](?:[a-z]+(?:-[a-z]+)?)?(?: [a-z]|$)/.test(title)
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title;
}

function likelySentence(ranked: readonly RankedCause[]): Text | undefined {
  const [first, ...others] = ranked;
  if (first === undefined || first.cause === 'not-known' || first.likelihood === 'stated') return undefined;
  const word = first.likelihood === 'likely' ? text('Likely', '很可能') : text('Possible', '可能');
  const because = first.speaksFor[0];
  const worth = others.filter(({ score }) => score >= 0.15);
  const also = worth.find(({ speaksFor }) => speaksFor.length > 0) ?? worth[0];
  const lead = text(
    `${word.en}: ${first.name.en}${because === undefined ? '' : ` (${inSentence(because.en)})`}.`,
    `${word.zh}：${first.name.zh}${because === undefined ? '' : `（${because.zh}）`}。`,
  );
  return also === undefined
    ? lead
    : joinTexts([lead, text(`Less likely: ${also.name.en}.`, `可能性较小：${also.name.zh}。`)]);
}

/** Whether the plan's own windows have to do with it; said where a person would think of them. */
function quotaSentence(code: ErrorCode, context: FailureContext): Text | undefined {
  if (code.class !== 'account-rate' && code.class !== 'platform-overload' && code.class !== 'policy-stop')
    return undefined;
  const window = bindingWindow(context.windows ?? []);
  if (window?.usedFraction === undefined) return undefined;
  const share = percent(window.usedFraction);
  const name = windowName(window);
  if (window.level === 'exhausted' || window.usedFraction >= 0.995) {
    return text(`Mind that the ${name.en} is used up as well (${share}).`, `注意：${name.zh}也已用完（${share}）。`);
  }
  return text(`Your quota is fine: ${share} of the ${name.en} used.`, `额度正常：${name.zh}已用 ${share}。`);
}

function retryInstant(failure: Failure, context: FailureContext, code: ErrorCode): number | undefined {
  if (code.retry === 'stop' || code.retry === 'after-fix') return undefined;
  if (failure.resetsAt !== undefined) return failure.resetsAt;
  if (failure.retryAfterMs !== undefined && context.now !== undefined) return context.now + failure.retryAfterMs;
  if (code.class !== 'window-exhausted') return undefined;
  const spent = (context.windows ?? []).filter(({ level }) => level === 'exhausted');
  const resets = spent.flatMap(({ resetsAt }) => (resetsAt === undefined ? [] : [resetsAt]));
  return resets.length === 0 ? undefined : Math.max(...resets);
}

function retryText(failure: Failure, context: FailureContext, code: ErrorCode, retryAt: number | undefined): Text {
  switch (code.retry) {
    case 'back-off': {
      if (failure.retryAfterMs === undefined) {
        return text('Yes, after a pause that grows with each refusal.', '可以，但每次被拒后要等得更久。');
      }
      const pause = span(failure.retryAfterMs);
      return text(`Yes, after ${pause.en}: the provider says so.`, `可以，${pause.zh}后：服务商如此说明。`);
    }
    case 'after-reset': {
      if (retryAt === undefined) return text('Not before the window resets.', '在额度重置之前没有用。');
      const at = instantText(retryAt, context);
      return text(`Not before the reset at ${at.en}.`, `在 ${at.zh} 重置之前没有用。`);
    }
    case 'after-fix':
      return text('Not before something is changed.', '在作出更改之前没有用。');
    case 'stop':
      return text('No. Further tries can make it last longer.', '不要重试。继续请求可能延长限制。');
    case 'unknown':
      return text('Not known.', '未知。');
    default:
      return code.retry satisfies never;
  }
}

/** Context that names people, models and times only, and says nothing of other requests. */
const NAMES: readonly (keyof FailureContext)[] = ['providerName', 'agentName', 'model', 'timeZone', 'now', 'refusals'];

function isBare(context: FailureContext): boolean {
  return Object.entries(context).every(
    ([key, value]) => value === undefined || NAMES.includes(key as keyof FailureContext),
  );
}

function rawLine(failure: Failure): string {
  const parts = [
    failure.status === undefined ? undefined : `HTTP ${failure.status}`,
    failure.code,
    failure.type,
    failure.message === '' ? undefined : failure.message,
  ];
  return redact(parts.filter((part) => part !== undefined).join(' · ')).slice(0, 400);
}
