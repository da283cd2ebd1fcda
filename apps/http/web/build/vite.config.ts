import path from 'node:path';
import { defaultClientConditions, defineConfig } from 'vite';

const root = path.join(import.meta.dirname, '..');

/** Two pages: the shop, and the control room for operators. Everything they load stands under /assets, by its content. */
export default defineConfig({
  root,
  publicDir: false,
  // Of our own packages their sources, so that nothing has to be built before.
  resolve: { conditions: ['jumun-source', ...defaultClientConditions] },
  // The plugin of Preact would add hot reloading and devtools; to compile JSX, nothing is needed.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.join(root, '../dist-pages'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // The policy of the pages loads nothing from a data: address but pictures.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { shop: path.join(root, 'index.html'), admin: path.join(root, 'admin.html') },
    },
  },
  server: {
    // `npm start` beside it, for whoever works on the pages.
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
});
