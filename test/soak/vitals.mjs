// Preloaded into a relay (--import): SIGUSR1's place is the inspector's, so SIGPIPE asks it to write what it holds.
import { writeFileSync } from 'node:fs';

process.on('SIGPIPE', () => {
  globalThis.gc?.();
  const counts = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  const { rss, heapUsed, external } = process.memoryUsage();
  writeFileSync(process.env['PLANWARD_TEST_VITALS'], JSON.stringify({ rss, heapUsed, external, resources: counts }));
});
