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
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
  },
});
