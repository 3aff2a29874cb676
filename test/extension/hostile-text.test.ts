/* oxlint-disable no-control-regex -- controls are what is looked for */
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { printedText, shownText } from '../../src/core/shown-text.ts';
import { drawMeter } from '../../src/cli/draw-meter.ts';
import { toCsv } from '../../src/dashboard/csv.ts';
import { plainCell } from '../../src/explain/markdown.ts';
import { presentActivity } from '../../src/extension/present/activity-nodes.ts';
import { dashboardPage } from '../../src/extension/present/dashboard-page.ts';
import { presentExplanation } from '../../src/extension/present/explanation-page.ts';
import { presentHover } from '../../src/extension/present/hover.ts';
import { presentAlert } from '../../src/extension/present/incident-alert.ts';
import { presentIncidents } from '../../src/extension/present/incident-nodes.ts';
import { presentPlans } from '../../src/extension/present/plan-nodes.ts';
import type { TreeNode } from '../../src/extension/present/tree-node.ts';
import { presentViolationAlert } from '../../src/extension/present/violation-alert.ts';
import { presentViolations } from '../../src/extension/present/violation-nodes.ts';
import { drawLine } from '../../src/statusline/draw-line.ts';
import { statusText } from '../../src/tools/plan-status.ts';
import { flag } from './flags.ts';
import { incident } from './incidents.ts';
import { account, agent, exchange, NOW, quotaWindow, snapshot } from './snapshots.ts';
import { english } from './voices.ts';

/** What a provider, an agent or a model's name could hold to be obeyed where it is shown. */
const EVIL =
  'e\u001b]8;;https://evil.example\u0007x\u001b[2J\u202e\u009b31m $(flame)[go](command:evil.run)![p](https://evil.example/p.png)<img src=x onerror=alert(1)>`c`|\r\n# h';

const text = { en: EVIL, zh: EVIL };
const base = incident();
const broken = incident({
  explanation: { ...base.explanation, headline: text, title: text, why: text, raw: EVIL, code: EVIL },
  model: EVIL,
});
const hostile: Snapshot = snapshot({
  accounts: [
    account({
      planName: EVIL,
      providerName: EVIL,
      shortName: EVIL,
      label: EVIL,
      windows: [quotaWindow({ id: EVIL, model: EVIL })],
    }),
  ],
  agents: [agent({ agentName: EVIL, agentId: EVIL })],
  recent: [
    exchange({
      modelRequested: EVIL,
      modelServed: EVIL,
      agentId: EVIL,
      error: { code: EVIL, type: EVIL, message: EVIL, inStream: false },
    }),
  ],
  incidents: [broken],
  flags: [
    flag({ because: EVIL, evidence: [{ feature: EVIL, weight: 2, where: 'text', start: 0, end: 9 }], agentId: EVIL }),
  ],
  notices: [{ id: 'n', level: 'warning', text: EVIL, at: NOW }] as unknown as Snapshot['notices'],
});

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function plain(shown: string | undefined): void {
  expect(shown ?? '').not.toMatch(CONTROLS);
  expect(shown ?? '').not.toContain('$(flame)');
}

/** Markdown in which nothing of EVIL is a link, a picture, an icon, HTML or a line of its own. */
function markdown(shown: string | undefined): void {
  plain(shown);
  expect(shown ?? '').not.toMatch(/(?<!\\)\]\((?:command:evil|https:\/\/evil)/);
  expect(shown ?? '').not.toMatch(/(?<!\\)<img/);
  expect(shown ?? '').not.toMatch(/^# h/m);
}

function everyNode(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(node.children ?? [])]);
}

describe('hostile text from outside', () => {
  test.each([
    ['plans', presentPlans(english, hostile, NOW)],
    ['violations', presentViolations(english, hostile, NOW)],
    ['incidents', presentIncidents(english, hostile, NOW)],
    ['activity', presentActivity(english, hostile, NOW)],
  ])('is plain text in every row and hover of the %s', (_view, nodes) => {
    const all = everyNode(nodes);
    expect(all.length).toBeGreaterThan(0);
    expect(JSON.stringify(all)).toMatch(/x \\*\[2J/);
    for (const { label, description, tooltip, spoken } of all) {
      for (const shown of [label, description, spoken]) plain(shown);
      markdown(tooltip);
    }
  });

  test('is plain text in the hover of the meter, where commands are links', () => {
    const hover = JSON.stringify(presentHover(english, { state: 'live', snapshot: hostile }, 7526, NOW));
    expect(hover).toContain('go');
    markdown(JSON.parse(hover) as string);
  });

  test('is plain text on the page of an explanation', () => {
    markdown(presentExplanation(english, broken.explanation));
  });

  test('is plain text in notifications, where Markdown links would be clickable', () => {
    for (const { text: message } of [
      presentAlert(english, hostile, broken),
      presentViolationAlert(english, hostile, hostile.flags[0]!),
    ]) {
      plain(message);
      expect(message).not.toContain('](');
    }
  });

  test('does nothing to the terminal of planward status, and is still told', () => {
    const lines = drawMeter(hostile, NOW).join('\n');
    expect(lines).toMatch(CONTROLS); // it is there, so that taking it out is proven
    expect(printedText(lines)).not.toMatch(CONTROLS);
    expect(printedText(lines)).toContain('[go]');
  });

  test('does nothing to the terminal of a status line, which is painted with our colours only', () => {
    const line = drawLine(
      { sessionId: 's', modelName: EVIL, modelId: EVIL, contextFraction: 0.5, costUsd: 1, limits: [] },
      {
        windows: [{ id: `x:${EVIL}`, windowMs: 18_000_000, usedFraction: 0.5 }],
        flags: 1,
        mode: EVIL,
        incident: { title: text, code: EVIL, at: NOW },
      },
      { now: NOW, colour: true, width: 10_000, language: 'en', whole: true },
    );
    expect(line.replace(/\u001b\[\d*m/g, '')).not.toMatch(CONTROLS);
    expect(line).not.toMatch(/\n|\u001b\]|\u001b\[2J|\u202e/);
    expect(line).toContain('[go]');
  });

  test('reaches chats and agents that ask without anything hidden in it', () => {
    const said = statusText(hostile, NOW);
    expect(said).toMatch(CONTROLS);
    expect(shownText(said)).not.toMatch(CONTROLS);
  });

  test('is neither link nor table nor HTML in a dossier', () => {
    const cell = plainCell(EVIL, 400);
    expect(cell).not.toMatch(CONTROLS);
    expect(cell).not.toMatch(/(?<!\\)[[\]<>|`(]/);
  });

  test.each(['=HYPERLINK("https://evil.example")', '+1', '-1+1', '@SUM(A1)', '\t=1', ' =1', '＝1', '|cmd'])(
    '%j is no formula in a copied chart',
    (cell) => {
      const [, line] = toCsv({ head: ['a'], rows: [[cell]] }).split('\n');
      expect(line).toMatch(/^"?'/);
    },
  );

  test('cannot leave an attribute of the dashboard’s page, whose policy allows no inline code and no network', () => {
    const evil = '"><script>alert(1)</script>';
    const page = dashboardPage({ title: evil, language: evil, script: evil, style: evil, source: evil, nonce: 'n' });
    expect(page).not.toContain('<script>alert');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|connect-src|https?:/);
  });
});
