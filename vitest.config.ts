import { defineConfig } from 'vitest/config';

/** Rooms whose tests start programs or open sockets: they run after the quick ones. */
const INTEGRATION = [
  'test/relay/**',
  'test/client/**',
  'test/cli/**',
  'test/scripts/**',
  'test/bench/**',
  'test/faults/**',
  'test/fuzz/**',
  'test/integration/**',
  'test/security/**',
  'test/soak/**',
  'test/supply/**',
];
const NOT_VITEST = ['test/vscode/host-suite/**', 'node_modules/**', '.cache/**'];

export default defineConfig({
  test: {
    watch: false,
    testTimeout: 10_000,
    hookTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...NOT_VITEST, ...INTEGRATION] },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: INTEGRATION.map((folder) => `${folder}/*.test.ts`),
          exclude: NOT_VITEST,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
