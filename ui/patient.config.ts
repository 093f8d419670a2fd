// The patient's page: built on its own, for a phone, and served by the relay under its root.
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { phrasebook } from './tools/phrasebook';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), phrasebook()],
  // Served at `/` and at `/j/DOOR`: addresses are absolute.
  base: '/',
  build: {
    // Phones of the last four years.
    target: ['chrome105', 'edge105', 'firefox104', 'safari16'],
    outDir: 'dist-patient',
    emptyOutDir: true,
    // Its policy allows files of its own only: nothing is inlined as a data address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'patient.html' },
  },
  server: { port: 1421, strictPort: true, fs: { allow: ['..'] } },
  clearScreen: false,
});
