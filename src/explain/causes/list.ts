import type { Cause } from '../cause.ts';
import { accountBlocked } from './account-blocked.ts';
import { accountThrottle } from './account-throttle.ts';
import { balanceEmpty } from './balance-empty.ts';
import { clientIdentity } from './client-identity.ts';
import { clientNotServed } from './client-not-served.ts';
import { clockSkew } from './clock-skew.ts';
import { connection } from './connection.ts';
import { contentFilter } from './content-filter.ts';
import { edgeBlock } from './edge-block.ts';
import { keyRefused } from './key-refused.ts';
import { modelNotIncluded } from './model-not-included.ts';
import { movingLimit } from './moving-limit.ts';
import { notKnown } from './not-known.ts';
import { offScopeUse } from './off-scope-use.ts';
import { peakHours } from './peak-hours.ts';
import { planEnded } from './plan-ended.ts';
import { planNotSeen } from './plan-not-seen.ts';
import { platformOverload } from './platform-overload.ts';
import { policyDecision } from './policy-decision.ts';
import { providerFailed } from './provider-failed.ts';
import { requestMalformed } from './request-malformed.ts';
import { requestRate } from './request-rate.ts';
import { requestTooLong } from './request-too-long.ts';
import { tooManyAtOnce } from './too-many-at-once.ts';
import { unsupportedTool } from './unsupported-tool.ts';
import { windowUsedUp } from './window-used-up.ts';
import { wrongEndpoint } from './wrong-endpoint.ts';
import { wrongRegion } from './wrong-region.ts';

/** Every cause, in the order they stand in where two are equally likely. A new one is a file here and a line in this list. */
export const causes: readonly Cause[] = [
  tooManyAtOnce,
  requestRate,
  movingLimit,
  accountThrottle,
  clientIdentity,
  platformOverload,
  peakHours,
  windowUsedUp,
  balanceEmpty,
  wrongEndpoint,
  wrongRegion,
  planEnded,
  planNotSeen,
  modelNotIncluded,
  keyRefused,
  clockSkew,
  accountBlocked,
  policyDecision,
  offScopeUse,
  unsupportedTool,
  clientNotServed,
  contentFilter,
  requestTooLong,
  requestMalformed,
  edgeBlock,
  providerFailed,
  connection,
  notKnown,
];
