import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { createControlPlane } from '../../src/relay/control.ts';
import type { ControlDeps } from '../../src/relay/routes/control-deps.ts';
import { listen } from '../support/loopback.ts';

const TOKEN = 't'.repeat(40);

test('a Snapshot that cannot be made costs a picture, not the relay', async () => {
  const troubles: unknown[] = [];
  let broken = false;
  const deps: Partial<ControlDeps> = {
    token: TOKEN,
    snapshot() {
      if (broken) throw new Error('a bug');
      return { schema: 'planward.status.v1' } as Snapshot;
    },
    onTrouble: (where) => troubles.push(where),
  };
  const plane = createControlPlane(deps as ControlDeps);
  const server = createServer((socket) => plane.adopt(socket, Buffer.alloc(0)));
  onTestFinished(() => {
    plane.close();
    server.close();
  });
  const port = await listen(server);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const events = await fetch(`http://127.0.0.1:${port}${CONTROL.events}`, { headers });
  const reader = events.body!.getReader();
  await reader.read();

  broken = true;
  plane.publish();
  expect(troubles).toEqual(['publish']);
  expect((await fetch(`http://127.0.0.1:${port}${CONTROL.snapshot}`, { headers })).status).toBe(500);
  plane.dismiss();
  expect((await reader.read()).done).toBe(true);
});
