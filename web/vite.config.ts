import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { precompress } from './plugins/precompress.ts';

/** What every page needs comes in two files, since each one costs a request; the rest comes with the pages that need it. */
const CHUNKS = [
  { name: 'app', tags: ['$initial' as const], priority: 1 },
  { name: 'shared', test: /[\\/]src[\\/](api|shared[\\/](?!form|diagram|source))/ },
];

export default defineConfig({
  plugins: [react(), precompress()],
  resolve: {
    alias: {
      '@rjsf/validator-ajv8': fileURLToPath(new URL('plugins/nothing.ts', import.meta.url)),
      domify: fileURLToPath(new URL('src/shared/diagram/domify.ts', import.meta.url)),
      '@': fileURLToPath(new URL('src', import.meta.url)),
    },
  },
  build: {
    target: 'es2023',
    // Nothing is inlined as a data address: the content policy allows files of our own host only.
    assetsInlineLimit: 0,
    license: { fileName: 'third-party-notices.md' },
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8000', '/theme.css': 'http://127.0.0.1:8000' } },
  test: { include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
});
