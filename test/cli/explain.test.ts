import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../src/cli/explain-command.ts';
import { errorPage } from '../../src/core/error-code.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Said {
  readonly schema: string;
  readonly code: string;
  readonly known: boolean;
  readonly provider: string;
  readonly title: string;
  readonly why: string;
  readonly causes: readonly { readonly cause: string; readonly likelihood: string; readonly because: string }[];
  readonly remedies: readonly string[];
  readonly retry: { readonly advice: string; readonly text: string; readonly at: number | null };
  readonly source: { readonly url: string; readonly readOn: string } | null;
  readonly page: string | null;
}

/** Runs the command here, without a program of its own. */
async function explain(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const io = {
    env,
    userHome: '/nowhere',
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += `${text}\n`),
  };
  return { code: await explainCommand.run(argv, io), out, err };
}

async function explainJson(...argv: readonly string[]): Promise<Said> {
  const { code, out, err } = await explain([...argv, '--json']);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Said;
}

const all = errorCatalogues.flatMap((catalogue) =>
  catalogue.codes.map((code) => [catalogue.providerIds[0]!, code.code, errorPage(catalogue, code)] as const),
);

describe('planward explain CODE --json', () => {
  test.each(all)('%s %s has title, why, causes, remedies, retry and source', async (provider, code, page) => {
    const said = await explainJson(code, '--provider', provider);
    expect(said).toMatchObject({ schema: 'planward.explain.v1', code, known: true, provider, page });
    for (const text of [said.title, said.why, said.retry.text, said.retry.advice]) expect(text).toMatch(/\w/);
    expect(said.causes.length).toBeGreaterThan(0);
    for (const { cause, because, likelihood } of said.causes) {
      expect([cause, because].every((text) => /\w/.test(text))).toBe(true);
      expect(['stated', 'likely', 'possible', 'unlikely']).toContain(likelihood);
    }
    expect(said.remedies.length).toBeGreaterThan(0);
    expect(said.source).toMatchObject({
      url: expect.stringMatching(/^https:/),
      readOn: expect.stringMatching(/^2026-/),
    });
  });

  test('a code without a provider is looked up with all of them, GLM first', async () => {
    expect(await explainJson('1302')).toMatchObject({ provider: 'zai', code: '1302' });
    expect(await explainJson('2056')).toMatchObject({ provider: 'minimax', code: '2056' });
    expect(await explainJson('1000', '--provider', 'minimax-cn')).toMatchObject({
      provider: 'minimax-cn',
      title: 'Unknown error of the provider',
    });
  });

  test('an unknown code says that it is', async () => {
    expect(await explainJson('1399', '--provider', 'zai')).toMatchObject({
      known: false,
      title: 'Unknown code 1399',
      causes: [{ cause: 'not-known' }],
      source: null,
      page: null,
    });
  });
});

describe('planward explain reads', () => {
  test('a body', async () => {
    const body =
      '{"error":{"code":"1308","message":"Usage limit reached for 5 hour. Your limit will reset at 2026-11-22 20:00:00"}}';
    expect(await explainJson(body)).toMatchObject({
      code: '1308',
      retry: { advice: 'after-reset', at: Date.UTC(2026, 10, 22, 12) },
    });
  });

  test('words that were not quoted', async () => {
    expect(
      await explainJson('API', 'Error:', 'Request', 'rejected', '(429)', '·', '[1313][Your', 'account][abc]'),
    ).toMatchObject({ code: '1313' });
  });

  test('what was going on around it', async () => {
    const wrapped = {
      code: '1302',
      provider: 'zai',
      context: { inFlight: 4, requestsPerMinute: 'many', peak: { now: true } },
    };
    const said = await explainJson(JSON.stringify(wrapped));
    expect(said.causes[0]).toMatchObject({
      cause: 'too-many-at-once',
      likelihood: 'likely',
      because: expect.stringContaining('4 requests in flight'),
    });
  });

  test('a body that has a code and other parts of its own as a body', async () => {
    expect(await explainJson('{"code":3012,"msg":"request has been blocked due to unusual activity."}')).toMatchObject({
      code: '3012',
    });
  });

  test('stdin, as a program', async () => {
    const main = join(import.meta.dirname, '../../src/cli/main.ts');
    const child = spawn(process.execPath, [main, 'explain', '-', '--json'], { timeout: 20_000 });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stdin.end('<html><head><title>502 Bad Gateway</title></head></html>');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(0);
    const said = JSON.parse(out) as Said;
    expect([said.code, said.causes[0]?.cause]).toEqual(['edge-page', 'edge-block']);
  });
});

describe('planward explain for people', () => {
  test('fits a terminal and leaves nothing undefined', async () => {
    const { out } = await explain(['1302', '--provider', 'zai']);
    expect(out).toMatch(/^1302 · Account rate limit/);
    expect(out).toContain('What is not known');
    expect(out).not.toMatch(/undefined|NaN|\[object/);
    expect(out.split('\n').filter((line) => line.length > 100 && !line.includes('https://'))).toEqual([]);
  });

  test('speaks Chinese where asked, by flag or by locale', async () => {
    expect((await explain(['1302', '--lang', 'zh'])).out).toContain('可能的原因');
    expect((await explain(['1302'], { LANG: 'zh_CN.UTF-8' })).out).toContain('可能的原因');
    expect((await explain(['1302', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).out).toContain('What may lie behind it');
  });
});

describe('bad usage gets one sentence and exit code 2', () => {
  test.each<readonly [string, readonly string[], RegExp]>([
    ['an unknown provider', ['1302', '--provider', 'nobody'], /there is no provider "nobody"\. Known: .*zai/],
    ['an unknown flag', ['1302', '--loud'], /--loud/],
    ['an unknown language', ['1302', '--lang', 'fr'], /en, zh/],
    ['nothing', ['  '], /name a code/],
  ])('%s', async (_what, argv, sentence) => {
    const { code, out, err } = await explain(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
