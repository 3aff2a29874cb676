import { expect, test } from 'vitest';
import { readArguments } from '../../src/relay/arguments.ts';

const PROVIDERS = ['zai', 'kimi'];
const read = (...argv: string[]) => readArguments(argv, PROVIDERS);

test('modes are told by provider or plan, with how long a hold waits and what it ends in', () => {
  const reading = read(
    '--mode',
    'zai=hold',
    '--mode',
    'zai/glm-pro=warn',
    '--hold-seconds',
    '20',
    '--hold-default=stop',
  );
  expect(reading).toMatchObject({
    ok: true,
    value: { settings: { modes: { zai: 'hold', 'zai/glm-pro': 'warn' }, holdSeconds: 20, holdDefault: 'stop' } },
  });
});

test('what is not told is left as it is', () => {
  expect(read('--port', '0')).toMatchObject({ ok: true, value: { settings: {} } });
});

test.each([
  [['--mode', 'zai=freeze'], 'observe, warn, hold or block'],
  [['--mode', 'zai'], 'observe, warn, hold or block'],
  [['--mode', 'nobody=hold'], 'no such provider; there are zai, kimi'],
  [['--hold-seconds', '4'], 'from 5 to 240'],
  [['--hold-seconds', 'long'], 'from 5 to 240'],
  [['--hold-default', 'ask'], 'send or stop'],
])('%j is refused with what can be given', (argv, hint) => {
  const reading = read(...argv);
  expect(reading.ok).toBe(false);
  expect(!reading.ok && reading.message).toContain(hint);
});
