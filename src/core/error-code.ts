import type { Source } from './plan.ts';
import type { Text } from './text.ts';

/**
 * What kind of refusal an error is: what a person, an agent or a pacer should do follows from it.
 *
 * | class | said of |
 * | --- | --- |
 * | `account-rate` | this account sends too much at once or too fast; passes by itself |
 * | `platform-overload` | the provider has too much to do, whoever asks |
 * | `window-exhausted` | a plan's window, balance or spending cap is used up |
 * | `plan-config` | key, endpoint, model or subscription do not fit together |
 * | `policy-stop` | the provider acted on its terms of use |
 * | `client-not-allowed` | the provider does not serve this program |
 * | `content` | a content filter said no |
 * | `bad-request` | the request itself cannot be served |
 * | `edge-block` | something in front of the provider answered: a CDN's bot wall, a proxy |
 * | `provider-fault` | the provider's own failure |
 * | `unknown` | nothing is known of this code |
 */
export type ErrorClass =
  | 'account-rate'
  | 'platform-overload'
  | 'window-exhausted'
  | 'plan-config'
  | 'policy-stop'
  | 'client-not-allowed'
  | 'content'
  | 'bad-request'
  | 'edge-block'
  | 'provider-fault'
  | 'unknown';

/**
 * Whether sending the same request again helps.
 * - `back-off`: yes, after a pause that grows
 * - `after-reset`: only after the time the error names
 * - `after-fix`: only after something was changed
 * - `stop`: no, and trying again makes it worse
 * - `unknown`: nobody says
 */
export type RetryAdvice = 'back-off' | 'after-reset' | 'after-fix' | 'stop' | 'unknown';

/** What a remedy asks for. Surfaces turn some of them into a button. */
export type RemedyAction =
  | 'slow-down'
  | 'wait'
  | 'wait-for-reset'
  | 'stop-traffic'
  | 'appeal'
  | 'ask-support'
  | 'check-key'
  | 'check-endpoint'
  | 'check-plan'
  | 'top-up'
  | 'change-model'
  | 'change-client'
  | 'change-request'
  | 'check-network'
  | 'set-clock'
  | 'review-flags';

export interface Remedy {
  readonly action: RemedyAction;
  readonly text: Text;
  readonly url?: string;
}

/** One way to tell an error that carries no code of its own. All given parts must fit. */
export interface ErrorSign {
  /** The provider's type word, compared without case. */
  readonly type?: string;
  /** Lower-case words found in the message, the type or a hint of the body. */
  readonly says?: string;
  readonly statuses?: readonly number[];
}

/** One error of one vendor, as dated data. */
export interface ErrorCode {
  /** What the vendor sends, or a name of ours where it sends only words. Unique within its catalogue; a file name. */
  readonly code: string;
  /** Other spellings of the same code. */
  readonly aliases?: readonly string[];
  readonly class: ErrorClass;
  readonly title: Text;
  readonly meaning: Text;
  readonly retry: RetryAdvice;
  readonly remedies: readonly Remedy[];
  /** True where it says that the provider acted on its terms, though its class is not `policy-stop`. */
  readonly policyEvent?: true;
  /** HTTP statuses it was seen with; empty where no source says. */
  readonly statuses: readonly number[];
  readonly signs?: readonly ErrorSign[];
  /** Cause the code itself names, so that nothing has to be guessed. */
  readonly states?: string;
  /** Where a cause starts (log-odds) for this code, instead of where it starts for the class. */
  readonly starts?: Readonly<Record<string, number>>;
  /** What nobody outside the vendor knows, one sentence each. */
  readonly notKnown?: readonly Text[];
  readonly links?: readonly string[];
  readonly sources: readonly Source[];
}

/** A sentence in a request by which a vendor was reported to tell clients it does not want. */
export interface GatedIdentity {
  /** Compared without case, anywhere in the system prompt. */
  readonly phrase: string;
  /** Codes it was refused with. */
  readonly codes: readonly string[];
  readonly source: Source;
}

/** Every error known of one vendor. */
export interface ErrorCatalogue {
  /** `glm`; part of a page's file name. */
  readonly id: string;
  readonly name: string;
  readonly providerIds: readonly string[];
  readonly codes: readonly ErrorCode[];
  /** Zone of times in messages that name none, `+08:00`; UTC where absent. */
  readonly messageUtcOffset?: string;
  readonly gatedIdentities?: readonly GatedIdentity[];
}

/** Whether a refusal with this code is the provider's own word that its terms were not kept. */
export function isPolicyEvent(code: ErrorCode): boolean {
  return code.class === 'policy-stop' || code.policyEvent === true;
}

/** Where the page of a code lies, from the project's root. */
export function errorPage(catalogue: ErrorCatalogue, code: ErrorCode): string {
  const name = code.code.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `docs/errors/${name.startsWith(`${catalogue.id}-`) ? name : `${catalogue.id}-${name}`}.md`;
}
