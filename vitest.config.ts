import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/neo4j/lend-neo4j.ts'],
    setupFiles: ['test/support/keep-driver-objects.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
