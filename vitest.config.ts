import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/**/*.test.ts',
      'bot/**/*.test.ts',
      'channels/**/*.test.ts',
      'knowledge/**/*.test.ts',
      'prisma/**/*.test.ts',
    ],
    globalSetup: ['test/setup/global.ts'],
    // A machine that is busy with other things is slow, not wrong: what should come is waited for.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    maxWorkers: 2,
  },
});
