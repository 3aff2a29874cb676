import type { ErrorClass, ErrorCode, ErrorSign, Remedy, RetryAdvice } from '../../core/error-code.ts';
import type { Source } from '../../core/plan.ts';
import { text } from '../../core/text.ts';

interface Details {
  readonly statuses?: readonly number[];
  /** Words by which it is told, any of them; see `ErrorSign.says`. */
  readonly says?: readonly string[];
  /** Type word by which it is told. */
  readonly type?: string;
  readonly signs?: readonly ErrorSign[];
  readonly aliases?: readonly string[];
  readonly retry?: RetryAdvice;
  readonly remedies?: readonly Remedy[];
  readonly states?: string;
  readonly starts?: Readonly<Record<string, number>>;
  readonly doubt?: string;
  readonly links?: readonly string[];
}

type Pair = readonly [en: string, zh: string];

const RETRY: Readonly<Record<ErrorClass, RetryAdvice>> = {
  'account-rate': 'back-off',
  'platform-overload': 'back-off',
  'window-exhausted': 'after-reset',
  'plan-config': 'after-fix',
  'policy-stop': 'stop',
  'client-not-allowed': 'after-fix',
  content: 'after-fix',
  'bad-request': 'after-fix',
  'edge-block': 'after-fix',
  'provider-fault': 'back-off',
  unknown: 'unknown',
};

/** Writes one vendor's codes with less ink: retry advice follows from the class, and all share a source. */
export function vendorCodes(source: Source) {
  return (code: string, errorClass: ErrorClass, title: Pair, meaning: Pair, details: Details = {}): ErrorCode => {
    const { says = [], type, signs = [], statuses = [], remedies = [], retry = RETRY[errorClass], doubt } = details;
    const typed: readonly ErrorSign[] = type === undefined ? [] : [{ type }];
    return {
      code,
      class: errorClass,
      title: text(...title),
      meaning: text(...meaning),
      retry,
      remedies,
      statuses,
      signs: [...says.map((each) => ({ says: each })), ...typed, ...signs],
      sources: [doubt === undefined ? source : { ...source, doubt }],
      ...(details.aliases === undefined ? {} : { aliases: details.aliases }),
      ...(details.states === undefined ? {} : { states: details.states }),
      ...(details.starts === undefined ? {} : { starts: details.starts }),
      ...(details.links === undefined ? {} : { links: details.links }),
    };
  };
}
