import type { ErrorClass, ErrorCode, Remedy } from '../core/error-code.ts';
import type { Failure, FailureContext } from '../core/incident.ts';
import { text, type Text } from '../core/text.ts';

/**
 * One thing that can lie behind a failure. One file each in `causes/`.
 *
 * How likely it is = logistic(where it starts + what each piece of evidence weighs), all in log-odds: 0 is even, 1 about
 * three to one, 2 about seven to one, 3 about twenty to one. The figures rank causes; nobody has measured them.
 */
export interface Cause {
  readonly id: string;
  readonly name: Text;
  /** Where it starts for a class of errors; it is not considered for classes that are missing. */
  readonly starts: Partial<Readonly<Record<ErrorClass, number>>>;
  /** What speaks for it (weight above 0) and against it, most telling first. Unknown context weighs nothing. */
  weigh(failure: Failure, context: FailureContext, code: ErrorCode): readonly Evidence[];
  readonly remedies: readonly Remedy[];
}

export interface Evidence {
  readonly weight: number;
  readonly text: Text;
}

export function evidence(weight: number, en: string, zh: string): Evidence {
  return { weight, text: text(en, zh) };
}

/** Evidence there is only where a condition holds; nothing where it does not or is not known. */
export function when(condition: boolean | undefined, weight: number, en: string, zh: string): readonly Evidence[] {
  return condition === true ? [evidence(weight, en, zh)] : [];
}
