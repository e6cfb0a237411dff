import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The staff chat page is the same application at another address: /staff serves a copy of its one page. */
function staffPage() {
  let outDir;
  return {
    name: 'staff-page',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      const folder = join(dirname(outDir), 'staff');
      mkdirSync(folder, { recursive: true });
      copyFileSync(join(outDir, 'index.html'), join(folder, 'index.html'));
    },
  };
}

export default defineConfig({
  plugins: [react(), staffPage()],
  build: {
    target: 'es2022',
    // The page's policy allows scripts and styles of our own files only, no data: addresses among them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
