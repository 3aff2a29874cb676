import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { zai } from '../../src/policies/zai.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const home = mkdtempSync(join(tmpdir(), 'pw-check-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function check(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, 'check', ...args], {
    input,
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, PLANWARD_HOME: home },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function file(name: string, text: string): string {
  writeFileSync(join(home, name), text);
  return join(home, name);
}

const lines = (out: string): readonly Record<string, unknown>[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('planward check --jsonl', () => {
  test('answers every item in order, with context, and leaves 0 behind', () => {
    const items = [
      { id: 'a', text: 'plan a trip to Rome with hotel and flights for my parents' },
      { id: 2, text: 'fix the failing login test' },
      {
        id: 'c',
        text: 'yes do it',
        prev: 'draft a reply to my landlord about the heating',
        tools: ['gmail_send'],
        client: 'openclaw',
      },
      {
        id: 'd',
        text: 'yes do it',
        prev: ['fix the login test'],
        tools: [{ name: 'Bash' }, { function: { name: 'Edit' } }],
        client: 'claude-code',
      },
      { text: 'a line with \u2028 in it, fix the parser' },
    ];
    const { code, out, err } = check(['--jsonl'], items.map((item) => JSON.stringify(item)).join('\n'));
    expect([code, err]).toEqual([0, '']);
    const answers = lines(out);
    expect(answers.map(({ id, decision }) => [id, decision])).toEqual([
      ['a', 'out-of-scope'],
      [2, 'in-scope'],
      ['c', 'out-of-scope'],
      ['d', 'in-scope'],
      [null, 'in-scope'],
    ]);
    expect(answers[0]).toMatchObject({ rule: 'task-scope', category: 'travel' });
    for (const { pOffScope, evidence } of answers) {
      expect(pOffScope).toBeGreaterThanOrEqual(0);
      expect(pOffScope).toBeLessThanOrEqual(1);
      for (const term of evidence as object[])
        expect(Object.keys(term).toSorted()).toEqual(['feature', 'weight', 'where']);
    }
  });

  test('a line that is no item is named, and the others are judged all the same', () => {
    const { code, out, err } = check(
      ['--jsonl'],
      '{"id":1,"text":"fix the test"}\nnonsense\n[]\n{"id":4}\n\n{"id":5,"text":"fix it"}\n',
    );
    expect(code).toBe(2);
    expect(err).toMatch(/line 2 is not JSON[\s\S]*line 3 is not an object[\s\S]*line 4 has no "text"/);
    expect(lines(out).map(({ id }) => id)).toEqual([1, null, null, null, 5]);
  });
});

describe('a reader that has read enough', () => {
  test('ends it without a word', async () => {
    const child = spawn(process.execPath, [MAIN, 'check', '--jsonl'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 20_000,
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end('{"id":1,"text":"fix the test"}\n'.repeat(50_000));
    const [code] = (await once(child, 'exit')) as [number | null];
    expect([code, err]).toEqual([0, '']);
  });
});

describe('planward check FILE', () => {
  const duties = '# Duties\n- fix the login test\n- Plan a trip to Lisbon with hotel and flights for two\n';

  test('points at the prompt that is out of scope and leaves 1 behind', () => {
    const name = file('HEARTBEAT.md', duties);
    const { code, out } = check([name]);
    expect(code).toBe(1);
    expect(out).toContain(`${name}:3:3  out-of-scope (travel)`);
    expect(out).toContain('2 prompts: 1 in scope, 0 unsure, 1 out of scope.');
    expect(out).toContain(`Z.AI's terms (read ${zai.version})`);
  });

  test('quotes the wording of the region', () => {
    const name = file('duties.md', duties);
    expect(check(['--provider', 'bigmodel', name]).out).toContain('用户不得将订阅权益用于以下范围之外的工具或场景');
    expect(check(['--provider', 'zai', name]).out).toContain('unsupported tools or scenarios');
  });

  test('says the same as JSON with a schema, from stdin too', () => {
    const { code, out } = check(['--json'], duties);
    const said = JSON.parse(out) as {
      schema: string;
      files: { file: string; prompts: { line: number; decision: string }[] }[];
    };
    expect([code, said.schema, said.files[0]?.file]).toEqual([1, 'planward.check.v1', '-']);
    expect(said.files[0]?.prompts.map(({ line, decision }) => [line, decision])).toEqual([
      [2, 'in-scope'],
      [3, 'out-of-scope'],
    ]);
  });

  test('a file of coding prompts leaves 0 behind', () => {
    expect(check([file('AGENTS.md', 'Run `npm test` before you commit, and keep functions small.\n')]).code).toBe(0);
  });

  test('terms without a rule on tasks flag nothing and say so', () => {
    const { code, out } = check(['--provider', 'anthropic', file('a.md', duties)]);
    expect(code).toBe(0);
    expect(out).toContain('hold no rule on tasks');
  });

  test('a file that is not there is one plain sentence', () => {
    const { code, err } = check([join(home, 'absent.md')]);
    expect(code).toBe(2);
    expect(err).toMatch(/absent\.md could not be read/);
  });
});

describe('bad usage', () => {
  test.each([
    [['--provider', 'nobody'], /no policy pack speaks for "nobody"/],
    [['--sensitivity', 'loud'], /low, normal, high/],
    [['--prior', 'much'], /prior is a number/],
    [['--jsonl', 'a.md'], /reads stdin and takes no files/],
    [['--nonsense'], /nonsense/],
  ])('%j leaves 2 behind and says why', (args, why) => {
    const { code, out, err } = check(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(why);
  });
});

describe('packs a user wrote', () => {
  test('are used before ours; one that is wrong is named with its field and left out', () => {
    const task = { ...zai.rules[0]!, providers: ['mine'] };
    mkdirSync(join(home, 'policies'), { recursive: true });
    writeFileSync(
      join(home, 'policies', 'mine.json'),
      JSON.stringify({ ...zai, id: 'mine', vendor: 'My Company', providers: ['mine'], rules: [task] }),
    );
    writeFileSync(join(home, 'policies', 'wrong.json'), JSON.stringify({ ...zai, id: 'wrong', version: 'yesterday' }));
    writeFileSync(join(home, 'policies', 'broken.json'), '{');
    const { code, out, err } = check(
      ['--provider', 'mine'],
      'plan a trip to Rome with hotel and flights for my parents',
    );
    expect(code).toBe(1);
    expect(out).toContain("My Company's terms");
    expect(err).toMatch(/broken\.json is left out: it is not JSON/);
    expect(err).toMatch(/wrong\.json is left out: version/);
  });
});
