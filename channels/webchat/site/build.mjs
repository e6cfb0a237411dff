import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Puts the operator's demo page into `outDir`: index.html, the style sheets, site.js, img/. It expects `/widget.js` beside it.
 * @param {string} outDir
 */
export async function buildSite(outDir) {
  await mkdir(outDir, { recursive: true });
  for (const name of ['index.html', 'site.css', 'sections.css', 'img']) {
    await cp(join(here, name), join(outDir, name), { recursive: true });
  }
  await build({
    entryPoints: [join(here, 'site.ts')],
    outfile: join(outDir, 'site.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'warning',
  });
}
