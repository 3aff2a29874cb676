import type { ErrorCatalogue, ErrorCode } from '../core/error-code.ts';
import type { Failure } from '../core/incident.ts';
import { generalCatalogue, generalCode } from './general-codes.ts';

/** A sign at least this telling is a sentence nobody else writes. */
const SENTENCE = 18;
/** Reasons and quotas' names are a vendor's own words, more telling than a message. */
const HINTED = 25;

export interface Recognised {
  readonly catalogue: ErrorCatalogue;
  readonly code: ErrorCode;
}

/**
 * Which catalogued error a failure is; undefined where its code is in no catalogue. First match:
 *
 * | the failure | taken |
 * | --- | --- |
 * | has a code that is in a catalogue | that code; among several vendors' the one whose words or status fit, else the first |
 * | fits a sign by its words or type | the code with the most telling sign |
 * | is a page of markup | the general code for an edge's page |
 * | has a code of its own that is more than an HTTP status | undefined: not known |
 * | else | the general code for its HTTP status |
 *
 * A word as code (`insufficient_quota`, `invalid_request_error`) that several vendors may use gives way to a long sentence of one.
 * Where the provider is known, only its catalogue is asked.
 */
export function recognise(failure: Failure, catalogues: readonly ErrorCatalogue[]): Recognised | undefined {
  const asked = cataloguesFor(failure, catalogues);
  const byCode = findByCode(failure, asked);
  const bySign = findBySign(failure, asked);
  if (byCode !== undefined && bySign !== undefined && !/\d/.test(failure.code ?? '')) {
    const own = signStrength(byCode.code, failure);
    return signStrength(bySign.code, failure) >= Math.max(own + 1, SENTENCE) ? bySign : byCode;
  }
  if (byCode !== undefined) return byCode;
  if (bySign !== undefined) return bySign;
  const inGeneral = generalCode(failure);
  if (failure.markup && inGeneral !== undefined) return { catalogue: generalCatalogue, code: inGeneral };
  if (failure.code !== undefined && failure.code !== String(failure.status) && !wellKnown(failure.code))
    return undefined;
  return inGeneral === undefined ? undefined : { catalogue: generalCatalogue, code: inGeneral };
}

function cataloguesFor(failure: Failure, catalogues: readonly ErrorCatalogue[]): readonly ErrorCatalogue[] {
  const { providerId } = failure;
  if (providerId === undefined) return catalogues;
  return catalogues.filter((catalogue) => catalogue.providerIds.includes(providerId));
}

function findByCode(failure: Failure, catalogues: readonly ErrorCatalogue[]): Recognised | undefined {
  // A number that is an HTTP status as well says nothing of a vendor.
  const plainStatus =
    failure.providerId === undefined && failure.message !== '' && /^[45]\d\d$/.test(failure.code ?? '');
  const words = [plainStatus ? undefined : failure.code, ...failure.hints].flatMap((word) =>
    word === undefined ? [] : [word.toLowerCase()],
  );
  for (const word of words) {
    const found = catalogues.flatMap((catalogue) => {
      const code = catalogue.codes.find((each) => isCalled(each, word));
      return code === undefined ? [] : [{ catalogue, code }];
    });
    const best =
      found.find(({ code }) => signStrength(code, failure) > 0) ?? found.find(({ code }) => fitsStatus(code, failure));
    const chosen = best ?? found[0];
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

function isCalled(code: ErrorCode, word: string): boolean {
  return code.code.toLowerCase() === word || code.aliases?.some((alias) => alias.toLowerCase() === word) === true;
}

function fitsStatus(code: ErrorCode, failure: Failure): boolean {
  return failure.status !== undefined && code.statuses.includes(failure.status);
}

function findBySign(failure: Failure, catalogues: readonly ErrorCatalogue[]): Recognised | undefined {
  let best: Recognised | undefined;
  let strongest = 0;
  for (const catalogue of catalogues) {
    for (const code of catalogue.codes) {
      const strength = signStrength(code, failure);
      if (strength > strongest) {
        strongest = strength;
        best = { catalogue, code };
      }
    }
  }
  return best;
}

/** 0 where no sign fits, else more for longer words. A type alone does not outweigh a number that another vendor uses. */
function signStrength(code: ErrorCode, failure: Failure): number {
  const numbered =
    failure.code !== undefined && /^\d{3,6}$/.test(failure.code) && failure.code !== String(failure.status);
  const words = [failure.message, failure.type ?? '', failure.code ?? '', ...failure.hints].join(' ').toLowerCase();
  let strength = 0;
  for (const sign of code.signs ?? []) {
    if (sign.statuses !== undefined && (failure.status === undefined || !sign.statuses.includes(failure.status)))
      continue;
    const type = sign.type?.toLowerCase();
    if (type !== undefined && type !== failure.type?.toLowerCase() && type !== failure.code?.toLowerCase()) continue;
    const { says } = sign;
    if (says !== undefined && !words.includes(says)) continue;
    if (says === undefined && numbered) continue;
    const hinted = says !== undefined && failure.hints.some((hint) => hint.includes(says)) ? HINTED : 0;
    const named = type === undefined ? 0 : 8;
    const fitting = sign.statuses === undefined ? 0 : 4;
    strength = Math.max(strength, (says?.length ?? 0) + hinted + named + fitting);
  }
  return strength;
}

/** System words for a broken connection are no vendor's codes. */
function wellKnown(code: string): boolean {
  return /^(E[A-Z]{3,}|UND_ERR_[A-Z_]+|ERR_[A-Z_]+)$/.test(code);
}
