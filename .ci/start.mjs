// `npm start`: runs what `npm ci` built, or says in one sentence why it can't.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const server = new URL('../dist/server.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `Yingda needs Node.js 20.19 or newer; this is ${process.versions.node}. Install the current LTS from nodejs.org.`,
  );
} else if (!existsSync(fileURLToPath(server))) {
  refuse('The program is not built yet: run npm ci (or, where that was run already, npm run prepare).');
} else {
  await import(server.href);
}
