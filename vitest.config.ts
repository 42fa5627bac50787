import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/neo4j/lend-neo4j.ts'],
    setupFiles: ['test/support/keep-driver-objects.ts'],
    testTimeout: 60_000,
    // One more than the cores that CI has: some files wait for a clock or a server for most of their time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
