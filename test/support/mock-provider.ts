import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Headers } from '../../src/core/provider.ts';
import { listen } from './loopback.ts';
import { writeAnthropicBody, writeAnthropicEvents } from './mock-anthropic.ts';
import { sendEvents, sendWhole } from './mock-delivery.ts';
import { writeError, writeErrorEvent, type MockErrorName } from './mock-errors.ts';
import { writeOpenAiBody, writeOpenAiEvents } from './mock-openai.ts';
import {
  creditsOf,
  writeQuota,
  writeQuotaRefusal,
  type BookedUse,
  type MockPlan,
  type QuotaAnswer,
} from './mock-quota.ts';
import { fail, inOrder, say, type Delivery, type Reply, type Script, type Turn } from './mock-reply.ts';
import { fieldsOf, readMockRequest, type MockRequest } from './mock-request.ts';
import { addTokens, countTokens, NO_TOKENS, type TokenFigures } from './mock-usage.ts';

export interface MockOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** Answers chat requests; default: one sentence. */
  readonly script?: Script;
  /** Size of every account's plan. Default `pro`. */
  readonly plan?: MockPlan;
  /** What the quota endpoint answers. Default `credits`. */
  readonly quota?: QuotaAnswer;
  /** Credits every account has used when the mock starts. Default 0. */
  readonly creditsBefore?: number;
  /** Requests in flight per credential beyond which 1302 is answered. Default: no bound. */
  readonly maxInFlight?: number;
  /** How long such a refusal takes. Default: as long as any answer. */
  readonly refusalMs?: number;
  /** Factor on all token figures. Default 1. */
  readonly tokenScale?: number;
  /** Delivery of every reply, where the reply itself does not say otherwise. */
  readonly delivery?: Delivery;
  /** Names the model that serves a request. Default: the requested one. */
  readonly serve?: (requested: string) => string;
}

/** A chat request the mock answered with a turn. */
export interface AnsweredTurn {
  readonly request: MockRequest;
  readonly model: string;
  readonly usage: TokenFigures;
}

export interface MockProvider {
  readonly url: string;
  readonly port: number;
  /** Every request, in order of arrival of its last byte. */
  readonly requests: readonly MockRequest[];
  /** Every turn given, in order of the answers' begin. */
  readonly turns: readonly AnsweredTurn[];
  /** Tokens reported so far, over all accounts or of one credential. */
  totals(credential?: string): TokenFigures;
  /** Credits booked so far to a credential, `creditsBefore` not counted. */
  credits(credential: string): number;
  /** A list is given one by one to chat requests, then the script from before goes on. */
  setScript(script: Script | readonly Reply[]): void;
  setQuota(answer: QuotaAnswer): void;
  close(): Promise<void>;
}

/**
 * A Z.AI-like provider on loopback: Anthropic Messages and OpenAI Chat at any base path, models, token counting and the
 * quota endpoint. Figures are those of `countTokens`; the quota endpoint's percentages follow them.
 */
export async function startMockProvider(options: MockOptions = {}): Promise<MockProvider> {
  const requests: MockRequest[] = [];
  const turns: AnsweredTurn[] = [];
  const books = new Map<string, BookedUse[]>();
  const inFlight = new Map<string, number>();
  const startedAt = Date.now();
  let script: Script = options.script ?? (() => say('Done.'));
  let quota = options.quota ?? 'credits';
  let serial = 0;

  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    response.on('error', () => response.destroy()); // The client went away; nothing is left to tell it.
    void serve(message, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const port = await listen(server, options.port ?? 0);

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const request = readMockRequest({
      index: requests.length,
      at: Date.now(),
      method: message.method ?? '',
      target: message.url ?? '',
      headers: fieldsOf(message),
      body: Buffer.concat(chunks),
    });
    requests.push(request);
    const requestId = `2026${String(request.index).padStart(28, '0')}`;
    const fields: Headers = [['x-log-id', requestId]];
    if (request.kind === 'chat') {
      const account = request.credential ?? '';
      const before = inFlight.get(account) ?? 0;
      if (before >= (options.maxInFlight ?? Infinity)) {
        const delivery = options.refusalMs === undefined ? {} : { firstByteMs: options.refusalMs };
        await answer(request, fail('1302', delivery), response, requestId);
        return;
      }
      inFlight.set(account, before + 1);
      try {
        await answer(request, await script(request), response, requestId);
      } finally {
        inFlight.set(account, (inFlight.get(account) ?? 1) - 1);
      }
      return;
    }
    const { status, body } = answerPlain(request);
    await sendWhole(response, status, [['content-type', 'application/json'], ...fields], body);
  }

  async function answer(
    request: MockRequest,
    reply: Reply,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    const delivery = { ...options.delivery, ...reply.delivery };
    const fields: Headers = [['x-log-id', requestId]];
    if (reply.kind === 'raw') {
      await sendWhole(response, reply.status, [['content-type', reply.contentType], ...fields], reply.body, delivery);
      return;
    }
    if (reply.kind === 'error') {
      const error = writeError(reply.error, request.dialect, requestId);
      await sendWhole(response, error.status, [['content-type', error.contentType], ...fields], error.body, delivery);
      return;
    }
    const turn = turnOf(
      request,
      reply.kind === 'turn' ? reply : { kind: 'turn', blocks: [{ kind: 'text', text: 'Let me see.' }] },
    );
    const hideUsage = delivery.hideUsage === true;
    const anthropic = request.dialect === 'anthropic-messages';
    if (reply.kind === 'turn') book(request, turn);
    if (!request.streamed && reply.kind === 'turn') {
      const body = anthropic ? writeAnthropicBody(turn, hideUsage) : writeOpenAiBody(turn, hideUsage);
      await sendWhole(response, 200, [['content-type', 'application/json'], ...fields], body, delivery);
      return;
    }
    const events = anthropic
      ? writeAnthropicEvents(turn, hideUsage)
      : writeOpenAiEvents(turn, request.wantsUsageChunk && !hideUsage);
    const spoiled =
      reply.kind === 'error-in-stream' ? spoil(events, reply.after, reply.error, request, requestId) : events;
    await sendEvents(response, fields, spoiled, delivery);
  }

  function turnOf(request: MockRequest, reply: Extract<Reply, { kind: 'turn' }>): Turn {
    serial += 1;
    const requested = request.model ?? 'glm-4.7';
    return {
      id: `${request.dialect === 'anthropic-messages' ? 'msg' : 'chatcmpl'}_mock${serial}`,
      model: reply.model ?? options.serve?.(requested) ?? requested,
      blocks: reply.blocks,
      usage: reply.usage ?? countTokens(request, reply.blocks, options.tokenScale),
      createdAt: Math.floor(request.at / 1000),
    };
  }

  function book(request: MockRequest, { model, usage }: Turn): void {
    turns.push({ request, model, usage });
    const account = accountOf(request.credential ?? '');
    account.push({ at: request.at, model, usage, credits: creditsOf(model, usage, request.at) });
  }

  function accountOf(credential: string): BookedUse[] {
    const known = books.get(credential);
    if (known !== undefined) return known;
    const before = options.creditsBefore ?? 0;
    const first = before > 0 ? [{ at: startedAt, model: '', usage: NO_TOKENS, credits: before }] : [];
    books.set(credential, first);
    return first;
  }

  function answerPlain(request: MockRequest): { readonly status: number; readonly body: string } {
    switch (request.kind) {
      case 'quota': {
        if (request.credential === undefined || request.credential === '')
          return { status: 200, body: writeQuotaRefusal() };
        const body = writeQuota(quota, options.plan ?? 'pro', accountOf(request.credential), Date.now());
        return { status: quota === 'html' ? 502 : 200, body };
      }
      case 'models': {
        const data = ['glm-5.3', 'glm-5.3-flash', 'glm-4.7'].map((id) => ({ id, object: 'model', owned_by: 'z-ai' }));
        return { status: 200, body: JSON.stringify({ object: 'list', data }) };
      }
      case 'count-tokens':
        return { status: 200, body: JSON.stringify({ input_tokens: countTokens(request, []).inputTokens }) };
      case 'chat':
      case 'other':
        return { status: 404, body: JSON.stringify({ error: { code: '404', message: `no ${request.path} here` } }) };
      default:
        return request.kind satisfies never;
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    turns,
    totals: (credential) =>
      turns
        .filter(({ request }) => credential === undefined || request.credential === credential)
        .reduce((sum, { usage }) => addTokens(sum, usage), NO_TOKENS),
    credits: (credential) =>
      turns
        .filter(({ request }) => request.credential === credential)
        .reduce((sum, { request, model, usage }) => sum + creditsOf(model, usage, request.at), 0),
    setScript: (next) => {
      script = typeof next === 'function' ? next : inOrder(next, script);
    },
    setQuota: (next) => {
      quota = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spoil(
  events: readonly string[],
  after: number,
  error: MockErrorName,
  request: MockRequest,
  requestId: string,
): readonly string[] {
  return [...events.slice(0, after), writeErrorEvent(error, request.dialect, requestId)];
}
