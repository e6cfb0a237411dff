import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = 'es2022';

/** The style sheet goes into the script as minified text: one request, and no style tag for a CSP to refuse. */
const cssAsText = {
  name: 'css-as-text',
  setup(plugins) {
    plugins.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const { code } = await transform(source, { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/**
 * Bundles the widget to `<outDir>/widget.js` (minified IIFE for browsers of 2022 on).
 * @param {string} outDir
 * @returns {Promise<{ file: string, bytes: number, gzipBytes: number }>} gzip at level 9, as a web server would send it
 */
export async function buildWidget(outDir) {
  const file = join(outDir, 'widget.js');
  await build({
    entryPoints: [join(here, 'main.ts')],
    outfile: file,
    bundle: true,
    minify: true,
    format: 'iife',
    target,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [cssAsText],
  });
  const code = await readFile(file);
  const size = { file, bytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length };
  process.stderr.write(`widget.js ${size.bytes} bytes, ${size.gzipBytes} gzip\n`);
  return size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWidget(process.argv[2] ?? 'dist');
