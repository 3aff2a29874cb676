import type { Source } from './plan.ts';
import type { Text } from './text.ts';

/** One way to object to what a provider did. */
export interface AppealRoute {
  readonly kind: 'console' | 'form' | 'e-mail' | 'ticket' | 'public';
  readonly says: Text;
  /** Page or address; absent where the provider names it only in its own answer. */
  readonly to?: string;
  readonly source: Source;
}

/** How to object to a policy stop of a provider, and what its staff want to know. */
export interface Appeal {
  /** Provider ids it holds for. */
  readonly providers: readonly string[];
  /** The official way first. */
  readonly routes: readonly AppealRoute[];
  /** What staff were seen to ask; empty where nobody told. */
  readonly asked: readonly Text[];
  /** What is known of how it ends, one sentence; absent where nothing is. */
  readonly outcomes?: Text;
}
