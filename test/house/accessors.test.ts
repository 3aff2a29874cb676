import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** What is made anew for each request or connection. */
const HOT =
  /^src\/relay\/(?:http1\/.*|exchange-reading|forward|held-response|own-answer|pool|reading|request-copy|request-ends|response-\w+|serve-agent|tail-ring)\.ts$/;

test('nothing that is made for each request defines an accessor in an object literal', () => {
  // V8 gives each such object a shape of its own, which lives until the next full collection with all the accessor's closure holds.
  const found = sourceFiles()
    .filter(({ path }) => HOT.test(path))
    .flatMap(({ path, text }) => [...text.matchAll(/^\s+get \w+\(\) \{/gm)].map(([line]) => `${path}: ${line.trim()}`));
  expect(found).toEqual([]);
});
