// `npm run prepare`, which `npm ci` runs: everything that is made from the sources. Offline, and without
// development dependencies.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const at = (path) => join(root, path);
const load = (path) => import(pathToFileURL(at(path)).href);

const jobs = [
  ['start command', startCommand],
  ['Prisma client', prismaClient],
  ['server', server],
  ['widget', async () => (await load('channels/webchat/widget/build.mjs')).buildWidget(join(dist, 'site'))],
  ['site', async () => (await load('channels/webchat/site/build.mjs')).buildSite(join(dist, 'site'))],
  ['console', consoleApp],
  ['compression', compress],
];

/**
 * `npm start` begins with sh's exec: a shell left in between dies of Ctrl-C at once, npm with it, and the prompt is
 * back while the program still stops. Windows has no such shell; there a command of that name does nothing.
 */
function startCommand() {
  if (process.platform !== 'win32') return 'needs nothing here';
  writeFileSync(at('node_modules/.bin/exec.cmd'), '@%*\r\n');
}

/** Prisma wants to download an engine that generating doesn't use; any file that exists keeps it quiet. */
async function prismaClient() {
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: at('package.json'),
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  await run([cli, 'generate', '--no-hints'], env);
}

/** Packages stay outside: they have files of their own (native code, WebAssembly) beside their JavaScript. */
async function server() {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    // The thread that learns is a program of its own (knowledge/learning/in-thread.ts).
    entryPoints: { server: 'bot/main.ts', 'server-learning': 'knowledge/learning/thread.ts' },
    outdir: dist,
    entryNames: '[name]',
    // Flat: bot/root.ts counts on lying one step below the root, here as there.
    chunkNames: 'server-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    loader: { '.yaml': 'text' },
  });
}

async function consoleApp() {
  if (!existsSync(at('channels/console/index.html'))) return 'not there yet';
  const { build } = await import('vite');
  await build({
    root: at('channels/console'),
    configFile: existsSync(at('channels/console/vite.config.mjs'))
      ? at('channels/console/vite.config.mjs')
      : false,
    base: '/console/',
    logLevel: 'warn',
    build: { outDir: join(dist, 'console'), emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  });
}

/** Once here instead of at each request: the server sends x.js.gz to whoever can read it. */
async function compress() {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const isPage = entry.isFile() && !path.startsWith(join(dist, 'server')) && /\.(js|css|svg)$/.test(path);
    if (isPage && statSync(path).size > 1024)
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  }
}

/** What a tool prints is shown only when it fails. */
function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    child.stdout.on('data', (data) => said.push(data));
    child.stderr.on('data', (data) => said.push(data));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`exit code ${code}\n${Buffer.concat(said)}`)),
    );
  });
}

// `node .ci/build.mjs server widget` makes only these again.
const wanted = process.argv.slice(2);
if (wanted.length === 0) rmSync(dist, { recursive: true, force: true });
for (const [name, job] of jobs.filter(([job]) => wanted.length === 0 || wanted.includes(job))) {
  const began = performance.now();
  try {
    const note = await job();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stderr.write(`build: ${name} ${typeof note === 'string' ? note : `${seconds} s`}\n`);
  } catch (error) {
    process.stderr.write(`build: ${name} failed: ${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  }
}
