import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Part } from '../../src/core/attribution.ts';
import type { QuotaWindow } from '../../src/core/quota-window.ts';
import type { AccountView, Snapshot } from '../../src/core/snapshot.ts';
import { apiPrices } from '../../src/providers/api-prices.ts';
import { snapshotSchema } from '../../src/protocol/snapshot.ts';
import { useProgram, type Program } from '../relay/program.ts';
import { creditsOf } from '../support/mock-quota.ts';
import { startMockVendors } from '../support/mock-vendors.ts';
import { readLedger, type LedgerContent, type LedgerExchange } from './read-ledger.ts';
import { sixVendors, vendorWords } from './six-vendors.ts';

const run = promisify(execFile);
const stage = useProgram(true);
const FIVE_HOURS = 18_000_000;
const WEEK = 604_800_000;

/** Agent, provider, path, credential, model; several of each. */
const SESSION: readonly (readonly [agent: string, provider: string, path: string, key: string, model: string])[] = [
  ['claude-code', 'zai', '/api/anthropic/v1/messages', 'zai-key', 'glm-4.7'],
  ['claude-code', 'zai', '/api/anthropic/v1/messages', 'zai-key', 'glm-5.3'],
  ['cline', 'zai', '/api/coding/paas/v4/chat/completions', 'zai-key', 'glm-4.7'],
  ['cline', 'zai', '/api/coding/paas/v4/chat/completions', 'zai-second-key', 'glm-4.7'],
  ['claude-code', 'anthropic', '/v1/messages', 'sk-ant-oat01-login', 'claude-sonnet-4-5-20250929'],
  ['claude-code', 'anthropic', '/v1/messages', 'sk-ant-oat01-login', 'claude-haiku-4-5'],
  ['openclaw', 'anthropic', '/v1/messages', 'sk-ant-oat01-login', 'claude-sonnet-4-5-20250929'],
  ['codex', 'codex', '/backend-api/codex/responses', 'codex-token', 'gpt-5.4'],
  ['opencode', 'codex', '/backend-api/codex/responses', 'codex-token', 'gpt-5.4'],
  ['cline', 'alibaba', '/v1/chat/completions', 'sk-sp-key', 'qwen3-coder-plus'],
  ['cline', 'alibaba', '/v1/chat/completions', 'sk-sp-key', 'qwen3-coder-plus'],
  ['kilo-code', 'alibaba', '/v1/chat/completions', 'sk-sp-key', 'glm-4.7'],
  ['kilo-code', 'openrouter', '/api/v1/chat/completions', 'sk-or-key', 'z-ai/glm-5'],
  ['kilo-code', 'openrouter', '/api/v1/chat/completions', 'sk-or-key', 'z-ai/glm-5'],
  ['opencode', 'copilot', '/chat/completions', 'gho-token', 'claude-sonnet-4.5'],
];
const PROVIDERS = ['zai', 'anthropic', 'codex', 'alibaba', 'openrouter', 'copilot'];

interface Shown {
  readonly status: Snapshot;
  readonly ledger: LedgerContent;
  readonly words: ReturnType<typeof vendorWords>;
}

/** The whole session through the real relay, `planward status --json`, and what the ledger then holds. */
async function holdSession(): Promise<Shown> {
  const words = vendorWords(Date.now());
  const mock = await stage.mock({ creditsBefore: 30, tokenScale: 20 });
  const vendors = await startMockVendors(sixVendors(words));
  stage.onEnd(() => vendors.close());
  const others = PROVIDERS.filter((id) => id !== 'zai').map((id) => [id, vendors.url(id)]);
  const relay = await stage.start({ upstreams: { zai: mock.url, ...Object.fromEntries(others) } });
  await relay.control('/_planward/v1/settings', {
    method: 'PATCH',
    body: { plans: { alibaba: 'alibaba-coding-lite' }, prices: { 'qwen3-coder-plus': { input: 1, output: 5 } } },
  });
  for (const request of SESSION) await send(relay, request);
  await relay.until(polled, 15_000);
  // After the polls: what the provider has not counted yet is added from the ledger.
  await send(relay, SESSION[0]!);
  const before = await relay.until(({ exchanges, inFlight }) => exchanges === SESSION.length + 1 && inFlight === 0);
  const named = before.accounts.find(({ providerId }) => providerId === 'anthropic')!.accountKey;
  await relay.control('/_planward/v1/settings', { method: 'PATCH', body: { accounts: { [named]: 'Work' } } });
  const { stdout } = await run(process.execPath, [stage.cliFile, 'status', '--json', '--home', stage.home]);
  await pause(1500); // the ledger writes in batches
  const ledger = readLedger(stage.home);
  expect(vendors.requests.filter(({ path }) => path === '/api/oauth/usage')).toHaveLength(1);
  expect(await relay.stop()).toBe(0);
  return { status: snapshotSchema.parse(JSON.parse(stdout)) as Snapshot, ledger, words };
}

async function send(relay: Program, [agent, provider, path, key, model]: (typeof SESSION)[number]): Promise<void> {
  const response = await fetch(`${relay.url}/@${agent}/${provider}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      connection: 'close',
      // One session of each agent and model, where the agent names any.
      'x-claude-code-session-id': `claude ${model}`,
      'x-session-id': `ses ${model}`,
      'session-id': `thread ${model}`,
    },
    body: JSON.stringify({ model, max_tokens: 100, messages: [{ role: 'user', content: 'Add a test.' }] }),
  });
  expect(response.status).toBe(200);
  await response.text();
}

/** Every account that has a usage endpoint has its answer. */
function polled({ accounts }: Snapshot): boolean {
  const asked = accounts.filter(({ providerId }) => providerId !== 'alibaba' && providerId !== 'copilot');
  return asked.length === 5 && asked.every(({ poll }) => poll.state === 'ok');
}

test('status after a session with six providers is what the ledger explains', async () => {
  const { status, ledger, words } = await holdSession();
  expect(status.schema).toBe('planward.status.v1');
  expect(ledger.exchanges).toHaveLength(SESSION.length + 1);
  expect([...new Set(status.accounts.map(({ providerId }) => providerId))].toSorted()).toEqual(PROVIDERS.toSorted());
  // Two keys on one plan are two accounts; the user's name is on the one it was given to.
  expect(status.accounts.filter(({ providerId }) => providerId === 'zai')).toHaveLength(2);
  const labels = status.accounts.flatMap(({ providerId, label }) => (label === undefined ? [] : [[providerId, label]]));
  expect(labels).toEqual([['anthropic', 'Work']]);
  for (const account of status.accounts) {
    expectSources(account, ledger, status.at);
    expectAttribution(account, ledger);
    expectCost(account, ledger, status.at);
    expectForecast(account, status.at);
  }
  expectSessions(status, ledger);
  expectGlm(status, ledger);
  expectShares(status, words);
  expectCalls(status, ledger);
  expectMoney(status, words);
}, 60_000);

/** Every source is a row of the ledger: the provider's readings as they were stored, our own by the last use. */
function expectSources(account: AccountView, ledger: LedgerContent, at: number): void {
  expect(account.windows.length).toBeGreaterThan(0);
  for (const window of account.windows) {
    for (const { source, usedFraction, seenAt } of window.sources ?? []) {
      expect(at - seenAt).toBeGreaterThanOrEqual(0);
      if (source === 'ledger') {
        expect(rowsOf(account, ledger).some(({ startedAt }) => Math.abs(startedAt - seenAt) < 60_000)).toBe(true);
        if (window.limit !== undefined) expect(usedFraction).toBeCloseTo(window.ledgerUsed! / window.limit, 9);
        continue;
      }
      const said = ledger.limits.filter(
        (limit) => limit.accountKey === account.accountKey && limit.source === source && limit.seenAt === seenAt,
      );
      expect(said.map((limit) => limit.usedFraction)).toContain(usedFraction);
    }
    expect((window.sources ?? []).map(({ seenAt }) => seenAt)).toEqual(
      (window.sources ?? []).map(({ seenAt }) => seenAt).toSorted((a, b) => b - a),
    );
  }
}

/** Every session of the ledger is told, under the agent that named it; agents that name none have none. */
function expectSessions(status: Snapshot, ledger: LedgerContent): void {
  const known = ledger.exchanges.filter(({ sessionKey }) => sessionKey !== 'unknown');
  const agents = new Map(known.map(({ sessionKey, agentId }) => [sessionKey, agentId]));
  expect(Object.fromEntries((status.sessions ?? []).map((each) => [each.sessionKey, each.agentId]))).toEqual(
    Object.fromEntries(agents),
  );
  expect(new Set(agents.values())).toEqual(new Set(['claude-code', 'codex', 'opencode', 'kilo-code']));
  expect(JSON.stringify(status)).not.toMatch(/ses glm|claude glm|thread gpt/);
}

function expectAttribution(account: AccountView, ledger: LedgerContent): void {
  for (const window of account.windows) {
    const { attribution } = window;
    if (attribution === undefined) continue;
    const rows = rowsOf(account, ledger);
    const weigh = weightIn(window);
    const seen = rows.reduce((sum, row) => sum + weigh(row), 0);
    const whole = attribution.of === 'used' ? Math.max(window.used!, seen) : seen;
    if (attribution.of === 'used') expect(attribution.elsewhere).toBeCloseTo((whole - seen) / whole, 6);
    else expect(attribution.elsewhere).toBeUndefined();
    expectParts(attribution.byAgent, rows, ({ agentId }) => agentId, weigh, whole);
    expectParts(attribution.byModel, rows, ({ model }) => model, weigh, whole);
    expectParts(attribution.byKind, rows, ({ kind }) => kind, weigh, whole);
    const { bySession = [], byWorkspace = [] } = attribution;
    expectParts(bySession, rows, ({ sessionKey }) => sessionKey, weigh, whole);
    expectParts(byWorkspace, rows, () => 'unknown', weigh, whole);
    for (const parts of [attribution.byAgent, attribution.byModel, attribution.byKind, bySession, byWorkspace]) {
      const sum = parts.reduce((all, { fraction }) => all + fraction, attribution.elsewhere ?? 0);
      expect(sum).toBeCloseTo(1, 9);
    }
  }
}

/** A request in the window's own unit; tokens where only a share is known. */
function weightIn(window: QuotaWindow): (row: LedgerExchange) => number {
  if (window.unit === 'requests') return () => 1;
  if (window.unit !== 'credits') return (row) => row.inputTokens + row.outputTokens;
  return (row) => creditsOf(row.model, figuresOf(row), row.startedAt);
}

function figuresOf({ inputTokens, cacheReadTokens, outputTokens }: LedgerExchange) {
  return { inputTokens, cacheReadTokens, cacheWriteTokens: 0, outputTokens, reasoningTokens: 0 };
}

function expectParts(
  parts: readonly Part[],
  rows: readonly LedgerExchange[],
  idOf: (row: LedgerExchange) => string,
  weigh: (row: LedgerExchange) => number,
  whole: number,
): void {
  const ids = [...new Set(rows.map(idOf))];
  expect(parts.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  for (const { id, fraction } of parts) {
    const own = rows.filter((row) => idOf(row) === id).reduce((sum, row) => sum + weigh(row), 0);
    expect(fraction).toBeCloseTo(own / whole, 6);
  }
}

/** Dollars per million tokens are micro-dollars per token. */
function expectCost(account: AccountView, ledger: LedgerContent, at: number): void {
  const own = { model: 'qwen3-coder-plus', input: 1, output: 5 };
  const prices = new Map([...apiPrices, own].map((price) => [price.model.replaceAll('.', '-'), price]));
  let wanted = 0;
  for (const row of rowsOf(account, ledger)) {
    const stem = row.model
      .replace(/^.*\//, '')
      .replace(/-20\d{6}$/, '')
      .replaceAll('.', '-');
    const price = prices.get(stem)!;
    const fresh = row.inputTokens - row.cacheReadTokens - row.cacheWriteTokens;
    const cached = 'cachedInput' in price ? price.cachedInput : price.input;
    const written = 'cacheWrite' in price ? price.cacheWrite : price.input;
    wanted += fresh * price.input + row.cacheReadTokens * cached;
    wanted += row.cacheWriteTokens * written + row.outputTokens * price.output;
  }
  const date = new Date(at);
  const startsAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  expect(account.month).toEqual({ startsAt, cost: { usdMicros: Math.round(wanted), complete: true, unpriced: [] } });
  for (const { cost } of account.windows) if (cost !== undefined) expect(cost.usdMicros).toBe(Math.round(wanted));
}

/** Pace is the used fraction less the elapsed one; a session of seconds tells no rate, and nothing is claimed of it. */
function expectForecast({ windows }: AccountView, at: number): void {
  for (const { forecast, usedFraction, windowMs, resetsAt } of windows) {
    if (forecast === undefined) continue;
    const elapsed = (at - (resetsAt! - windowMs!)) / windowMs!;
    expect(forecast.pace).toBeCloseTo(usedFraction! - elapsed, 2);
    expect(forecast).toMatchObject({ outlook: 'unknown', confidence: 'low' });
  }
}

/** Credits by the published formula from the ledger's rows, beside what the provider booked: 30 of it from elsewhere. */
function expectGlm(status: Snapshot, ledger: LedgerContent): void {
  const [busy, other] = status.accounts
    .filter(({ providerId }) => providerId === 'zai')
    .toSorted((a, b) => rowsOf(b, ledger).length - rowsOf(a, ledger).length);
  for (const account of [busy!, other!]) {
    const rows = rowsOf(account, ledger);
    const credits = rows.reduce((sum, row) => sum + creditsOf(row.model, figuresOf(row), row.startedAt), 0);
    const fiveHour = windowOf(account, FIVE_HOURS);
    expect(account.planId).toBe('glm-pro');
    expect(fiveHour.ledgerUsed).toBeCloseTo(credits, 6);
    expect(Math.abs(fiveHour.used! - (credits + 30))).toBeLessThanOrEqual(1); // the provider rounds down
    expect(fiveHour.disagreement).toBeCloseTo((credits - fiveHour.used!) / 12_000, 9);
    expect(fiveHour.attribution!.elsewhere).toBeCloseTo((fiveHour.used! - credits) / fiveHour.used!, 6);
    expect(windowOf(account, WEEK).used).toBeCloseTo(fiveHour.used!, 6);
  }
  expect(windowOf(busy!, FIVE_HOURS).basis).toBe('both');
  expect(windowOf(other!, FIVE_HOURS).basis).toBe('provider');
}

/** Shares as the providers said them, the usage API and the headers side by side. */
function expectShares(status: Snapshot, words: Shown['words']): void {
  const claude = accountOf(status, 'anthropic');
  const fiveHour = windowOf(claude, FIVE_HOURS);
  expect(fiveHour).toMatchObject({ usedFraction: words.anthropicUsed.api, source: 'usage-api', level: 'ok' });
  expect(fiveHour.resetsAt).toBe(words.anthropicFiveHourReset);
  const said = Object.fromEntries(fiveHour.sources!.map(({ source, usedFraction }) => [source, usedFraction]));
  expect(said).toEqual({ 'usage-api': words.anthropicUsed.api, header: words.anthropicUsed.header });
  expect(fiveHour.forecast!.pace).toBeCloseTo(words.anthropicUsed.api - 0.6, 1);

  const codex = accountOf(status, 'codex');
  expect(codex.planName).toBe('ChatGPT Plus');
  const week = windowOf(codex, WEEK);
  expect(week).toMatchObject({ usedFraction: words.codexUsed.api, resetsAt: words.codexReset });
  expect(week.sources!.map(({ source }) => source).toSorted()).toEqual(['body', 'header', 'usage-api']);

  const copilot = accountOf(status, 'copilot');
  expect(copilot.poll.state).toBe('off');
  expect(copilot.windows).toHaveLength(1);
  expect(copilot.windows[0]).toMatchObject({ source: 'header', resetsAt: words.copilotReset });
  expect(copilot.windows[0]!.usedFraction).toBeCloseTo(1 - words.copilotLeftPercent / 100, 9);
}

/** No endpoint, no header: our own count of calls is all there is. */
function expectCalls(status: Snapshot, ledger: LedgerContent): void {
  const account = accountOf(status, 'alibaba');
  const fiveHour = windowOf(account, FIVE_HOURS);
  expect(fiveHour).toMatchObject({ unit: 'requests', used: rowsOf(account, ledger).length, basis: 'ledger' });
  expect(fiveHour).toMatchObject({ limit: 1_200, source: 'ledger' });
  expect(account.poll.state).toBe('off');
}

function expectMoney(status: Snapshot, words: Shown['words']): void {
  const account = accountOf(status, 'openrouter');
  expect(account.windows[0]).toMatchObject({ unit: 'usd-micros', limit: 10_000_000, source: 'usage-api' });
  expect(account.windows[0]!.used).toBe((10 - words.openrouterLeft) * 1_000_000);
  expect(account.rerouted).toMatchObject([{ requested: 'z-ai/glm-5', served: 'z-ai/glm-5.3', count: 2 }]);
  expect(accountOf(status, 'anthropic').rerouted).toBeUndefined();
}

function accountOf(status: Snapshot, providerId: string): AccountView {
  return status.accounts.find((account) => account.providerId === providerId)!;
}

function windowOf(account: AccountView, windowMs: number): QuotaWindow {
  return account.windows.find((window) => window.windowMs === windowMs)!;
}

function rowsOf({ accountKey }: AccountView, ledger: LedgerContent): readonly LedgerExchange[] {
  return ledger.exchanges.filter((row) => row.accountKey === accountKey);
}
