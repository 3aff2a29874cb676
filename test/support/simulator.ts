import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as zlib from 'node:zlib';
import { claudeCodeLike, clineLike, type SimulatedDialect } from './simulated-dialects.ts';

export interface SimulatorOptions {
  /** Origin of the relay, `http://127.0.0.1:7526`. */
  readonly relayUrl: string;
  /** First path segment(s) that lead to the provider. Default `/zai`. */
  readonly providerPath?: string;
  /** Default `sk-sim-000`. */
  readonly apiKey?: string;
  /** 1 is a calm pace (a request every 2-3 s from each agent), 10 ten times that. Default 1. */
  readonly speed?: number;
  /** What the agents are asked; default: coding. */
  readonly prompts?: readonly string[];
  /** Ends the traffic, as `stop` does. */
  readonly signal?: AbortSignal;
  /** Told of each finished request. */
  readonly onRequest?: (done: SimulatedRequest) => void;
}

export interface SimulatedRequest {
  readonly agentName: string;
  /** 0 where the connection failed. */
  readonly status: number;
  readonly durationMs: number;
}

export interface Simulator {
  /** Requests finished so far, whatever their status. */
  readonly requests: number;
  /** Of them, those that failed to connect or were not answered with 200. */
  readonly failures: number;
  /** Resolves when no request is in flight any more. */
  stop(): Promise<void>;
}

const PROMPTS = [
  'Add a function mul(a, b) to calc.js and run the tests.',
  'The date parser drops the time zone. Find out why and fix it.',
  'Refactor the settings loader into smaller functions.',
  'Write tests for the retry logic in http-client.ts.',
  'Update the changelog and bump the minor version.',
] as const;

/**
 * Believable traffic of two agents (Claude Code in the Anthropic dialect, Cline in the OpenAI one) until stopped:
 * sessions of several turns whose conversation grows, tool results included. Needs a mock provider behind the relay;
 * every failure is counted and waited out, none is thrown.
 */
export function startSimulator(options: SimulatorOptions): Simulator {
  const { relayUrl, providerPath = '/zai', apiKey = 'sk-sim-000', speed = 1, onRequest, prompts = PROMPTS } = options;
  const stopping = new AbortController();
  const signal = options.signal === undefined ? stopping.signal : AbortSignal.any([options.signal, stopping.signal]);
  const agent = new Agent({ keepAlive: true });
  let requests = 0;
  let failures = 0;

  async function turn(dialect: SimulatedDialect, body: string): Promise<Answer> {
    const startedAt = performance.now();
    const answer = await post(
      agent,
      `${relayUrl}${providerPath}${dialect.path}`,
      dialect.headers(apiKey),
      body,
      signal,
    );
    requests += 1;
    if (answer.status !== 200) failures += 1;
    onRequest?.({ agentName: dialect.agentName, status: answer.status, durationMs: performance.now() - startedAt });
    return answer;
  }

  async function session(dialect: SimulatedDialect, prompt: string): Promise<void> {
    const conversation = dialect.open(prompt);
    while (!signal.aborted) {
      const answer = await turn(dialect, conversation.body());
      if (answer.status !== 200) {
        await rest(4000);
        continue;
      }
      const { calls } = conversation.hear(answer.text);
      if (calls.length === 0) return;
      await rest(900);
      conversation.answerTools(calls.map(({ name }) => `${name}: ok\n${'line of output\n'.repeat(40)}`));
    }
  }

  async function work(dialect: SimulatedDialect, firstPrompt: number): Promise<void> {
    for (let i = firstPrompt; !signal.aborted; i++) {
      await session(dialect, prompts[i % prompts.length] ?? PROMPTS[0]);
      await rest(2500);
    }
  }

  async function rest(ms: number): Promise<void> {
    await sleep(ms / speed, undefined, { signal }).catch(() => undefined); // Aborted: the loops end by themselves.
  }

  const working = Promise.all([
    work(claudeCodeLike('glm-4.7'), 0),
    rest(1500).then(() => work(clineLike('glm-4.7'), 2)),
  ]);
  return {
    get requests() {
      return requests;
    },
    get failures() {
      return failures;
    },
    stop: async () => {
      stopping.abort();
      await working;
      agent.destroy();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Never rejects: a connection that fails or is aborted gives status 0. */
function post(
  agent: Agent,
  url: string,
  headers: readonly (readonly [string, string])[],
  body: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { host } = new URL(url);
  const fields = [...headers, ['Host', host], ['Content-Length', String(Buffer.byteLength(body))]];
  return new Promise((resolve) => {
    const sent = httpRequest(url, { method: 'POST', agent, headers: fields.flat(), signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve({ status: 0, text: '' }));
      response.on('end', () => {
        const encoding = response.headers['content-encoding'];
        resolve({ status: response.statusCode ?? 0, text: decode(Buffer.concat(chunks), encoding) });
      });
    });
    sent.on('error', () => resolve({ status: 0, text: '' }));
    sent.end(body);
  });
}

function decode(bytes: Buffer, encoding: string | undefined): string {
  if (encoding === 'gzip') return zlib.gunzipSync(bytes).toString();
  if (encoding === 'br') return zlib.brotliDecompressSync(bytes).toString();
  if (encoding === 'zstd') return zlib.zstdDecompressSync(bytes).toString();
  return bytes.toString();
}
