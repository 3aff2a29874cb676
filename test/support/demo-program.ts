// dist/demo.cjs [--scenario NAME] [--speed N]: Planward's relay on simulated traffic in a scratch home, until standard input or
// the process that started it ends. Says `{"home", "port", "scenario"}` on a line once all is at work. Never the user's own home.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemo } from './demo.ts';
import { SCENARIOS, scenarioOf } from './scenarios/list.ts';

const { values } = parseArgs({
  options: { scenario: { type: 'string', default: 'normal-day' }, speed: { type: 'string', default: '2' } },
});
void run();

async function run(): Promise<void> {
  const scenario = scenarioOf(values.scenario);
  if (scenario === undefined) {
    console.error(`there is no scenario "${values.scenario}". Known: ${SCENARIOS.map(({ id }) => id).join(', ')}`);
    process.exit(2);
  }
  const home = mkdtempSync(join(tmpdir(), 'planward-demo-'));
  const leaving = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    process.stdin.once('end', resolve).once('close', resolve).resume();
  });
  let code = 0;
  try {
    const speed = Number(values.speed) || 2;
    const demo = await startDemo({ home, speed, scenario, relayFile: join(import.meta.dirname, 'relay.cjs') });
    console.log(JSON.stringify({ home, port: demo.relay.port, scenario: scenario.id }));
    await leaving;
    await demo.close();
  } catch (error) {
    console.error((error as Error).message);
    code = 1;
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  process.exit(code);
}
