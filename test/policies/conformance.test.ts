import { describe, expect, test } from 'vitest';
import { stalePages } from '../../scripts/rule-pages.ts';
import { rulesInForce, type PolicyPack, type Rule, type RuleExample } from '../../src/core/policy-pack.ts';
import { kindOfClient } from '../../src/policies/clients.ts';
import { packFor, packs } from '../../src/policies/list.ts';
import { rulePage, rulePagePath } from '../../src/policies/rule-page.ts';
import { readPolicyPack } from '../../src/protocol/policy-pack-schema.ts';
import { openJudge } from '../../src/scope/open-judge.ts';

const judge = openJudge();
const rules = packs.flatMap((pack) => pack.rules.map((rule) => ({ name: `${pack.id}/${rule.id}`, pack, rule })));

/** A day on which the rule stood. */
function dayOf(rule: Rule, pack: PolicyPack): number {
  if (rule.until !== undefined) return Date.parse(rule.until) - 86_400_000;
  return Date.parse(rule.from !== undefined && rule.from > pack.version ? rule.from : pack.version);
}

function touches(pack: PolicyPack, rule: Rule, { shows, zh, ...facts }: RuleExample): boolean {
  void [shows, zh];
  const moment = { now: dayOf(rule, pack), providerId: rule.providers?.[0] ?? pack.providers[0]! };
  expect(rulesInForce(pack, moment)).toContain(rule);
  const kind = facts.clientKind ?? kindOfClient(facts.client);
  return judge({ ...facts, clientKind: kind }, pack, moment).findings.some(({ ruleId }) => ruleId === rule.id);
}

describe.each(rules)('rule $name', ({ pack, rule }) => {
  test.each(rule.mustMatch)('is touched by $shows', (example) => {
    expect(touches(pack, rule, example)).toBe(true);
  });

  test.each(rule.mustNotMatch)('is not touched by $shows', (example) => {
    expect(touches(pack, rule, example)).toBe(false);
  });

  test('says the same in Chinese, on its page too', () => {
    const { zh } = rule;
    const words = [zh?.title, zh?.says, zh?.appeal, zh?.enforcement, zh?.advice];
    for (const each of words) expect(each).toMatch(/\p{Script=Han}/u);
    expect(zh?.doubt === undefined).toBe(rule.source.doubt === undefined);
    expect(pack.zh?.notKnown).toHaveLength(pack.notKnown.length);
    expect(pack.zh?.strikes === undefined).toBe(pack.strikes === undefined);
    const page = rulePage(pack, rule, 'zh');
    expect(page).toContain(zh!.says);
    expect(page).toContain(rule.quote);
    expect(page).not.toMatch(/^## (?!Planward)[A-Z]/m);
    expect(rulePage(pack, rule)).not.toContain(zh!.says);
    expect(page, 'an address ends where it ends').not.toMatch(/(?<!<)https:\/\/[^\s>]*[）。，；]/u);
    for (const example of [...rule.mustMatch, ...rule.mustNotMatch]) {
      expect(example.zh, example.shows).toMatch(/\p{Script=Han}/u);
      expect(page).toContain(`\n- ${example.zh}：“`);
      expect(page).not.toContain(`- ${example.shows}`);
    }
  });

  test('quotes briefly and says where and when it was read', () => {
    const han = /[\p{Script=Han}\p{Script=Katakana}]/u.test(rule.quote);
    if (han) expect(rule.quote.length).toBeLessThanOrEqual(80);
    else expect(rule.quote.trim().split(/\s+/).length).toBeLessThanOrEqual(25);
    expect(rule.source.url).toMatch(/^https:\/\//);
    expect(rule.source.readOn <= pack.version).toBe(true);
    if (rule.from !== undefined && rule.until !== undefined) expect(rule.from < rule.until).toBe(true);
  });
});

describe.each(packs.map((pack) => ({ name: pack.id, pack })))('pack $name', ({ pack }) => {
  test('is what a user could have written', () => {
    expect(readPolicyPack(JSON.stringify(pack))).toEqual({ ok: true, pack });
  });

  test('has at most one rule on tasks in force for each provider', () => {
    for (const providerId of pack.providers) {
      const inForce = rulesInForce(pack, { now: Date.parse(pack.version), providerId });
      expect(inForce.filter(({ match }) => match.by === 'task').length).toBeLessThanOrEqual(1);
    }
  });

  test('names no client twice', () => {
    expect(new Set(pack.tools.map(({ id }) => id)).size).toBe(pack.tools.length);
  });
});

test('no provider has two packs, and no two rules share a page', () => {
  const providers = packs.flatMap((pack) => pack.providers);
  expect(new Set(providers).size).toBe(providers.length);
  const pages = rules.map(({ pack, rule }) => rulePagePath(pack.id, rule.id));
  expect(new Set(pages).size).toBe(pages.length);
});

test('a user’s pack comes before ours', () => {
  const mine: PolicyPack = { ...packs[0]!, id: 'mine', name: 'Mine' };
  expect(packFor('zai', [mine])?.name).toBe('Mine');
  expect(packFor('zai')?.id).toBe('zai');
  expect(packFor('nobody')).toBeUndefined();
});

test('pages and schema are those of the packs', async () => {
  expect(await stalePages()).toEqual([]);
});
