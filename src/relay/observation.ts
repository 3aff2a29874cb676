import type { Outcome } from '../core/exchange.ts';
import type { Headers } from '../core/provider.ts';
import { readExchange, tryTo, type ExchangeReading } from './exchange-reading.ts';
import type { ResponseHead } from './http1/head.ts';
import { createBodyMemory } from './body-memory.ts';
import type { ObserverDeps } from './observer-deps.ts';
import type { Opening } from './opening.ts';
import { createRequestCopy } from './request-copy.ts';

/** Follows one exchange from beside it. No method throws or waits. */
export interface Observation {
  /** `lent`: the bytes hold only until this returns. */
  requestPayload(payload: Buffer, lent: boolean): void;
  responseHead(head: ResponseHead): void;
  responsePayload(payload: Buffer): void;
  /** A refusal was waited out: the agent has not seen it, and the same request goes out once more. */
  absorbed(status: number, headers: Headers, payload: Buffer): void;
  /** Once, when the exchange is over for the agent. */
  end(outcome: Outcome, status?: number): void;
}

export interface Observer {
  open(opening: Opening): Observation;
  /** Exchanges opened and not yet read to their end, the watching of which may still be to come. */
  readonly pending: number;
}

/** Something that happened to an exchange, as its reading will be told of it. */
type Step = (reading: ExchangeReading) => void;

/** Pieces of a response are read together, this many bytes at a time or at the end. */
const READ_AT_BYTES = 32 * 1024;

/**
 * Watches exchanges and turns each into one `Exchange`, read after its last byte was passed on. Beside the sockets nothing is
 * done but taking notes: what is seen goes on a tape, and the tape is read when forwarding has a pause.
 */
export function createObserver(deps: ObserverDeps): Observer {
  let pending = 0;
  const memory = createBodyMemory();
  return {
    open(opening) {
      const startedAt = deps.now();
      const startedTick = performance.now();
      const copy = createRequestCopy(opening.expectedBytes, memory);
      let reading: ExchangeReading | undefined;
      /** What came and is not read yet, in order; payloads of the response as they are. */
      let tape: (Buffer | Step)[] = [];
      let tapeBytes = 0;
      let planned = false;
      let ended = false;
      pending += 1;
      deps.afterwards.add(open, 0); // who sends it can wait until its bytes are on their way

      const spanMs = (): number => Math.round((performance.now() - startedTick) * 1000) / 1000;

      function plan(): void {
        if (planned) return;
        planned = true;
        deps.afterwards.add(play, tapeBytes + (ended ? copy.held : 0));
      }

      function open(): void {
        if (reading !== undefined) return;
        tryTo(deps, 'open', () => (reading = readExchange(deps, opening, copy, startedAt, () => (pending -= 1))));
      }

      function play(): void {
        const steps = tape;
        tape = [];
        tapeBytes = 0;
        planned = false;
        if (reading !== undefined) playSteps(deps, reading, steps);
        else if (ended) pending -= 1;
      }

      return {
        requestPayload(payload, lent) {
          copy.push(payload, lent);
        },
        responseHead(head) {
          const afterMs = spanMs();
          tape.push((to) => to.head(head, afterMs));
        },
        responsePayload(payload) {
          tape.push(payload);
          tapeBytes += payload.length;
          if (tapeBytes >= READ_AT_BYTES) plan();
        },
        absorbed(status, headers, payload) {
          const durationMs = spanMs();
          tape.push((to) => to.absorbed(status, headers, payload, durationMs));
          plan();
        },
        end(outcome, status) {
          if (ended) return;
          ended = true;
          const durationMs = spanMs();
          tape.push((to) => to.end(outcome, status, durationMs));
          plan();
        },
      };
    },
    get pending() {
      return pending;
    },
  };
}

function playSteps(deps: ObserverDeps, reading: ExchangeReading, steps: readonly (Buffer | Step)[]): void {
  for (let at = 0; at < steps.length;) {
    const step = steps[at]!;
    if (typeof step === 'function') {
      tryTo(deps, 'step', () => step(reading));
      at += 1;
      continue;
    }
    const payloads = [step];
    for (let next = steps[++at]; next !== undefined && typeof next !== 'function'; next = steps[++at])
      payloads.push(next);
    tryTo(deps, 'tap', () => reading.payload(payloads.length === 1 ? step : Buffer.concat(payloads)));
  }
}
