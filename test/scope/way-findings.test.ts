import { describe, expect, test } from 'vitest';
import type { SeenSignal } from '../../src/core/request-facts.ts';
import { anthropic } from '../../src/policies/anthropic.ts';
import { zai } from '../../src/policies/zai.ts';
import { wayFindings } from '../../src/scope/way-findings.ts';

const NOW = Date.UTC(2026, 8, 20);
const seen = (signal: SeenSignal['signal'], confidence: SeenSignal['confidence'] = 'likely'): SeenSignal => ({
  signal,
  confidence,
  evidence: ['the user agent is curl'],
});

describe('findings on the way a request comes', () => {
  test('name the rule of these terms, with what was seen as evidence that weighs nothing', () => {
    expect(wayFindings(zai, { now: NOW, providerId: 'zai' }, [seen('raw-api')])).toEqual([
      {
        ruleId: 'direct-api',
        severity: 'serious',
        because: 'a bare SDK or HTTP client sent it, not a coding tool',
        confidence: 'likely',
        evidence: [{ feature: 'the user agent is curl', weight: 0, where: 'way' }],
      },
    ]);
  });

  test('of what is only possible say so and count one severity less', () => {
    const [finding] = wayFindings(zai, { now: NOW, providerId: 'zai' }, [seen('several-people', 'possible')]);
    expect(finding).toMatchObject({ ruleId: 'one-person', severity: 'warning', confidence: 'possible' });
    expect(finding?.because).toMatch(/^possibly: /);
  });

  test('are none where no rule in force names the signal', () => {
    expect(wayFindings(anthropic, { now: NOW, providerId: 'anthropic' }, [seen('raw-api'), seen('batch')])).toEqual([]);
    expect(wayFindings(anthropic, { now: Date.UTC(2026, 0, 1) }, [seen('foreign-login')])).toEqual([]);
  });

  test('take the surer of two signals that one rule names', () => {
    const both = [seen('raw-api', 'possible'), seen('batch', 'likely')];
    expect(wayFindings(zai, { now: NOW, providerId: 'zai' }, both)).toMatchObject([{ confidence: 'likely' }]);
  });
});
