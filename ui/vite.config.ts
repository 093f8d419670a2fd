/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { words } from './tools/words';

export default defineConfig(({ mode }) => ({
  plugins: [react(), words()],
  // The shell serves the files from its own scheme: addresses stay relative.
  base: './',
  build: {
    target: 'es2022',
    outDir: mode === 'screens' ? 'dist-screens' : 'dist',
    emptyOutDir: true,
    // The window takes fonts from its own files only.
    assetsInlineLimit: (file) => (/\.woff2?$/.test(file) ? false : undefined),
  },
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  clearScreen: false,
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./tools/vitest-setup.ts'],
    css: false,
  },
}));
