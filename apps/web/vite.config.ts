import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed';
import { keptFiles } from './build/kept-files';
import { sharedByPages } from './build/shared-chunk';
import { withoutDescriptions } from './build/without-descriptions';
import { worldMapModule } from './build/world-map';

const repository = resolve(import.meta.dirname, '../..');

/** The declarations of the contracts do nothing but declare: what a page does not use of them is left out of its chunk. */
const DECLARES = [
  'z',
  'operation',
  'actionsOf',
  'message',
  'declareErrors',
  'ruleOperations',
  'recheckOperations',
  'serviceOperations',
];

/** A running platform (`npm start`) behind the development server: sign-in, cookie and calls are the gateway's own. */
const PLATFORM = process.env.FUND_URL ?? `http://127.0.0.1:${process.env.PORT ?? '3000'}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), withoutDescriptions(), worldMapModule(), keptFiles(), compressed()],
  resolve: {
    // The sources, not the CommonJS of dist: only they can be left out in parts.
    alias: [
      { find: /^#contracts$/, replacement: `${repository}/libs/contracts/src/index.ts` },
      { find: /^#contracts\/(\w+)$/, replacement: `${repository}/libs/contracts/src/$1/index.ts` },
    ],
  },
  build: {
    outDir: `${repository}/dist/web`,
    emptyOutDir: true,
    // Fonts and pictures stay files: the content security policy lets no font be a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { index: `${import.meta.dirname}/index.html`, worker: `${import.meta.dirname}/src/offline/worker.ts` },
      // A service worker has one address for ever, at the root of what it serves.
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: [sharedByPages()] },
      },
      treeshake: {
        moduleSideEffects: (id) => !id.includes('/libs/contracts/'),
        manualPureFunctions: DECLARES,
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/v1', '/auth', '/docs', '/problems', '/openapi.json', '/public'].map((path) => [path, { target: PLATFORM }]),
    ),
  },
});
