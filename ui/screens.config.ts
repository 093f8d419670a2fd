// Playwright specs over the fake host, run by vitest: playwright-core has no runner of its own.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('..'),
  cacheDir: here('./node_modules/.vite-screens'),
  resolve: {
    alias: {
      'playwright-core': here('./node_modules/playwright-core/index.mjs'),
      'axe-source': here('./node_modules/axe-core/axe.min.js'),
      vite: here('./node_modules/vite/dist/node/index.js'),
    },
  },
  test: {
    environment: 'node',
    include: ['tests/ui/*.spec.ts'],
    globalSetup: ['tests/ui/support/serve.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // A hang is a failure, and soon one.
    bail: 12,
    // Two cores: one browser at a time.
    fileParallelism: false,
  },
});
