import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { precompress } from './plugins/precompress.ts';

export default defineConfig({
  plugins: [react(), precompress()],
  resolve: {
    alias: {
      '@rjsf/validator-ajv8': fileURLToPath(new URL('plugins/nothing.ts', import.meta.url)),
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
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'jsdom', restoreMocks: true },
});
