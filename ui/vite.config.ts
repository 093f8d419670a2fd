/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  plugins: [react()],
  // The shell serves the files from its own scheme: addresses stay relative.
  base: './',
  resolve: {
    alias: {
      // vtk.js pulls in xmlbuilder2, which breaks in a browser bundle and which we never call.
      xmlbuilder2: here('./tools/xmlbuilder2-stub.ts'),
    },
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: mode === 'screens' ? 'dist-screens' : 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 4000,
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
