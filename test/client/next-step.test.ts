import { expect, test } from 'vitest';
import type { FindResult } from '../../src/client/find-relay.ts';
import { nextStep } from '../../src/client/next-step.ts';
import type { Standing } from '../../src/client/next-step.ts';

const endpoint = { pid: 1, port: 7526, token: 'x'.repeat(40), version: '1.2.0', protocol: '1.0', startedAt: 0 };
const running = (version: string, draining = false): FindResult => ({
  ok: true,
  endpoint,
  health: { name: 'planward', version, protocol: '1.0', pid: 1, uptimeMs: 0, draining },
});
const otherProtocol = (version: string): FindResult => ({
  ok: false,
  reason: 'other-protocol',
  message: '',
  endpoint,
  health: { name: 'planward', version, protocol: '2.0', pid: 1, uptimeMs: 0, draining: false },
});
const missing = (reason: 'absent' | 'dead' | 'foreign' | 'broken-file'): FindResult => ({
  ok: false,
  reason,
  message: '',
});

test.each<[string, FindResult, Partial<Standing>, object]>([
  ['follows a relay of its own version', running('1.2.0'), {}, { do: 'follow' }],
  ['follows a newer relay and never downgrades it', running('2.0.0'), {}, { do: 'follow' }],
  ['replaces an older relay', running('1.1.9'), {}, { do: 'replace' }],
  ['leaves an older relay alone where it may not start one', running('1.1.9'), { mayStart: false }, { do: 'follow' }],
  ['replaces the relay when asked for a fresh one', running('1.2.0'), { restart: true }, { do: 'replace' }],
  [
    'waits for the successor of a draining relay',
    running('1.1.0', true),
    { restart: true },
    { do: 'wait', reason: 'draining' },
  ],
  ['replaces an older relay of another protocol', otherProtocol('0.9.0'), {}, { do: 'replace' }],
  ['does not touch a newer relay of another protocol', otherProtocol('3.0.0'), {}, { do: 'wait', state: 'unknown' }],
  ['launches where none was started', missing('absent'), {}, { do: 'launch' }],
  ['launches where the relay died', missing('dead'), {}, { do: 'launch' }],
  ['launches where the endpoint file is damaged', missing('broken-file'), {}, { do: 'launch' }],
  ['launches where the old port has gone to somebody else', missing('foreign'), {}, { do: 'launch' }],
  [
    'leaves the relay off where it may not start it',
    missing('dead'),
    { mayStart: false },
    { do: 'wait', state: 'lost', reason: 'off' },
  ],
])('a window %s', (_name, found, me, step) => {
  expect(nextStep(found, { version: '1.2.0', mayStart: true, restart: false, ...me })).toMatchObject(step);
});
