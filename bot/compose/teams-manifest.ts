import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { appPackage, options } from '../../channels/teams/manifest/manifest.ts';
import { commandList } from '../staff/listing.ts';

const USAGE = `npm run teams-manifest -- --app-id GUID --developer NAME --website URL --privacy URL --terms URL
  [--name 应答] [--name-en Yingda] [--audience staff|customer] [--version 1.0.0] [--out data/teams-app]
`;

const text = { type: 'string' } as const;
const names = ['name', 'audience', 'developer', 'website', 'privacy', 'terms', 'version'] as const;
const flags = Object.fromEntries([...names, 'app-id', 'name-en', 'out'].map((name) => [name, text]));

try {
  const {
    out = 'data/teams-app',
    'app-id': appId,
    'name-en': nameEn,
    ...rest
  } = parseArgs({ options: flags }).values;
  const files = appPackage(options.parse({ appId, nameEn, ...rest }), commandList);
  mkdirSync(String(out), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(String(out), name), content);
  process.stdout.write(
    `${out}: zip ${Object.keys(files).join(', ')} (without the folder), and upload it in Teams\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof z.ZodError ? z.prettifyError(error) : error}\n\n${USAGE}`);
  process.exitCode = 2;
}
