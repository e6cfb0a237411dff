import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An entry 知识条目 as it stands in a line of entries.<language>.jsonl. */
export interface SeedEntry {
  id: string;
  language: string;
  title: string;
  /** 目录, levels by slash */
  catalogue: string;
  /** How customers ask for it. */
  questions: string[];
  /** Markdown; `{hotline}` and other variables of the policy's wording may stand in it. */
  body: string;
  /** The short form for SMS. */
  sms: string;
  /** The department 部门 that vouches for it. */
  department: string;
  /** ISO dates, both inclusive. */
  validFrom: string;
  validTo: string | null;
  /** Starts something instead of only answering: `form:complaint`, `handoff`, `menu:main`, … */
  action: string | null;
}

/** prisma/seed, seen from prisma/seed/entries.ts and, once bundled, from dist/server.js. */
const FOLDERS = [new URL('.', import.meta.url), new URL('../prisma/seed/', import.meta.url)];
const FILE = /^entries\.([a-z]{2})\.jsonl$/;

/** All demo entries, a language's file after the other; the file's name says the language. */
export function seedEntries(): SeedEntry[] {
  for (const folder of FOLDERS.map((url) => fileURLToPath(url))) {
    const files = existsSync(folder) ? readdirSync(folder).sort() : [];
    const entries = files.flatMap((file) => {
      const language = FILE.exec(file)?.[1];
      return language ? parse(readFileSync(join(folder, file), 'utf8'), language) : [];
    });
    if (entries.length > 0) return entries;
  }
  throw new Error('the demo centre needs prisma/seed/entries.*.jsonl');
}

function parse(lines: string, language: string): SeedEntry[] {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ ...JSON.parse(line), language }));
}
