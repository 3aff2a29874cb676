import type { Readable } from 'node:stream';
import type { PolicyPack } from '../core/policy-pack.ts';
import type { RequestFacts } from '../core/request-facts.ts';
import { kindOfClient } from '../policies/clients.ts';
import type { JudgeOptions } from '../scope/judge.ts';
import { openJudge } from '../scope/open-judge.ts';
import type { CommandIo } from './command.ts';

/**
 * One JSON item a line in, one verdict a line out, in the same order. A line that is no item is answered with an `error`,
 * and the rest is judged all the same. Gives false where there was such a line.
 */
export async function checkLines(
  input: Readable,
  pack: PolicyPack,
  options: JudgeOptions,
  io: CommandIo,
): Promise<boolean> {
  const judge = openJudge();
  let allRead = true;
  let number = 0;
  for await (const line of linesOf(input)) {
    number++;
    if (line.trim() === '') continue;
    const item = readItem(line);
    if (typeof item === 'string') {
      allRead = false;
      io.err(`line ${number} ${item}`);
      io.out(`${JSON.stringify({ id: null, line: number, error: item })}\n`);
      continue;
    }
    const verdict = judge(item.facts, pack, options);
    const { decision, pOffScope, ruleId, category, reason, findings } = verdict;
    const evidence = verdict.evidence.map(({ feature, weight, where }) => ({ feature, weight: round(weight), where }));
    const rule = decision === 'in-scope' ? undefined : ruleId;
    io.out(
      `${JSON.stringify({ id: item.id, decision, pOffScope: round(pOffScope), rule, category, reason, findings, evidence })}\n`,
    );
  }
  return allRead;
}

/** Lines that end in a line feed only: JSON may hold U+2028, which `node:readline` would break at. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  let rest = '';
  input.setEncoding('utf8');
  for await (const chunk of input as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}

/** An item, or what is wrong with the line. */
function readItem(line: string): { readonly id: unknown; readonly facts: RequestFacts } | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is not an object';
  const item = value as Record<string, unknown>;
  if (typeof item['text'] !== 'string') return 'has no "text"';
  const previous = strings(typeof item['prev'] === 'string' ? [item['prev']] : item['prev']);
  const tools = strings(item['tools']);
  const client = typeof item['client'] === 'string' ? item['client'] : undefined;
  return {
    id: item['id'] ?? null,
    facts: {
      text: item['text'],
      ...(previous.length > 0 ? { previous } : {}),
      ...(tools.length > 0 ? { tools } : {}),
      ...(client === undefined ? {} : { client, clientKind: kindOfClient(client) }),
      ...(typeof item['system'] === 'string' ? { system: item['system'] } : {}),
    },
  };
}

/** Strings of a list; tools may come as objects with a name. */
function strings(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each === 'string') return [each];
    const { name, function: inner } = (each ?? {}) as { name?: unknown; function?: { name?: unknown } };
    const found = name ?? inner?.name;
    return typeof found === 'string' ? [found] : [];
  });
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
