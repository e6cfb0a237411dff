import { describe, expect, test } from 'vitest';
import { impureRules, wrongArrows } from './architecture/arrows.ts';
import { type Facts, factsOf } from './architecture/facts.ts';
import { channelNames, strayUses, tooLong } from './architecture/habits.ts';
import { listedByGit, readSources, type Source } from './architecture/sources.ts';
import { strayVendors } from './architecture/vendors.ts';

const sources = readSources();
const facts = sources.map(factsOf);

function violations(all: readonly Facts[]): string[] {
  const perFile = [wrongArrows, strayVendors, strayUses, channelNames];
  return [...perFile.flatMap((rule) => all.flatMap(rule)), ...impureRules(all), ...tooLong(all)];
}

test('the house stands as drawn', () => {
  expect(violations(facts)).toEqual([]);
});

describe('the checker has eyes', () => {
  test('it read every source file, as git lists them, without an error', () => {
    const read = sources.map(({ path }) => path).sort();
    expect(read.length).toBeGreaterThan(100);
    expect(read).toEqual(listedByGit()?.sort() ?? read);
    expect(facts.flatMap(({ path, errors }) => errors.map((error) => `${path}: ${error}`))).toEqual([]);
  });

  test('it saw every import that a plain search sees', () => {
    const plain = /^(?:import\b|export\b|\}).*\bfrom '[^']+';$|^import '[^']+';$/gm;
    const missed = sources.flatMap(({ path, text }, i) => {
      const found = [...text.matchAll(plain)].length;
      const seen = facts[i]?.imports.length ?? 0;
      return seen < found ? [`${path}: ${seen} of ${found}`] : [];
    });
    expect(missed).toEqual([]);
  });

  test('every import inside the project leads to a file that was read', () => {
    const known = new Set(sources.map(({ path }) => path));
    const lost = facts.flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ to, internal }) => internal && /\.[mc]?[jt]sx?$/.test(to) && !to.startsWith('prisma/generated/'),
        )
        .filter(({ to }) => !known.has(to))
        .map(({ to }) => `${path} → ${to}`),
    );
    expect(lost).toEqual([]);
  });
});

describe('a planted fault is found', () => {
  test.each<[string, string, string]>([
    [
      'bot/desk/x.ts',
      "import { search } from '../../knowledge/base.ts';",
      'must not import knowledge/base.ts',
    ],
    [
      'bot/desk/x.ts',
      "import { PrismaClient } from '../../prisma/generated/client.ts';",
      'must not import prisma/',
    ],
    [
      'bot/desk/x.ts',
      "import { webchat as w } from '../../channels/webchat/channel.ts';",
      'must not import channels/',
    ],
    [
      'bot/desk/x.ts',
      "import { can } from '../../channels/channel.ts';",
      'must not import channels/channel.ts',
    ],
    [
      'bot/desk/x.ts',
      "const a = await import('../../channels/webchat/channel.ts');",
      'must not import channels/',
    ],
    ['bot/desk/x.ts', 'const a = await import(name);', 'package (computed)'],
    [
      'bot/desk/x.ts',
      "type A = import('../../knowledge/base.ts').A;",
      'must not import knowledge/base.ts (types)',
    ],
    ['bot/desk/x.ts', "export * from '../main.ts';", 'must not import bot/main.ts'],
    ['bot/desk/x.ts', "import '../compose/product.ts';", 'must not import bot/compose/product.ts'],
    ['bot/desk/x.ts', "import { given } from './routes.test.ts';", 'must not import bot/desk/routes.test.ts'],
    ['bot/desk/x.ts', "import pg from 'pg';", 'must not import the package pg'],
    ['bot/desk/x.ts', "import unknown from '@vendor/unknown/deep';", 'the package @vendor/unknown'],
    ['bot/desk/x.ts', 'const port = process.env.PORT;', 'must not use process.env'],
    ['bot/desk/x.ts', 'const { env } = process;', 'must not use process.env'],
    ['bot/desk/x.ts', "const port = process['env'].PORT;", 'must not use process.env'],
    ['bot/desk/x.ts', "import { env } from 'node:process';", 'must not use process.env'],
    ['bot/desk/x.ts', 'const at = Date.now();', 'must not use Date.now'],
    ['bot/desk/x.ts', 'const at = new Date();', 'must not use new Date()'],
    ['bot/desk/x.ts', "if (channel.name === 'sms') reply();", 'names a channel: sms'],
    ['bot/desk/x.ts', 'const telegramBot = 1;', 'names a channel: telegramBot'],
    ['bot/swap/rules.ts', "import { hot } from '../../prisma/client.ts';", 'prisma/client.ts is not pure'],
    [
      'bot/swap/rules.ts',
      "import { AppError } from '../config.ts';",
      'bot/config.ts → node:path is not pure',
    ],
    ['bot/swap/rules.ts', "import { readFileSync } from 'node:fs';", 'node:fs is not pure'],
    ['knowledge/x.ts', "import { t } from '../bot/i18n/index.ts';", 'must not import bot/i18n/index.ts'],
    [
      'knowledge/x.ts',
      "import type { Channel } from '../channels/channel.ts';",
      'must not import channels/channel.ts',
    ],
    ['prisma/x.ts', "import { AppError } from '../bot/errors.ts';", 'must not import bot/errors.ts'],
    [
      'channels/sms/x.ts',
      "import { markdown } from '../webchat/channel.ts';",
      'must not import channels/webchat/',
    ],
    [
      'channels/sms/x.ts',
      "import { t } from '../../bot/i18n/index.ts';",
      'must not import bot/i18n/index.ts',
    ],
    [
      'channels/console/x.tsx',
      "import type { Card } from '../channel.ts';",
      'must not import channels/channel.ts',
    ],
  ])('%s: %s', (path, text, sentence) => {
    const planted: Source = { path, text };
    const found = violations([...facts.filter((each) => each.path !== path), factsOf(planted)]);
    expect(found.filter((each) => each.includes(path)).join('\n')).toContain(sentence);
  });

  test('a file that tells more than one story', () => {
    const long = factsOf({ path: 'knowledge/x.ts', text: '//\n'.repeat(301) });
    expect(violations([...facts, long])).toContain('knowledge/x.ts has 301 lines');
  });

  test.each([
    ['bot/desk/x.ts', "import type { Card } from '../../channels/channel.ts';"],
    ['bot/desk/x.ts', "import { type Card, type Button } from '../../channels/channel.ts';"],
    [
      'bot/desk/x.ts',
      "import { hot } from '../../prisma/client.ts';\nconst at = new Date(now);\nconst teams = [];",
    ],
    ['bot/compose/x.ts', "import { webchat } from '../../channels/webchat/channel.ts';"],
    [
      'bot/swap/rules.ts',
      "import type { Unit } from '../../prisma/client.ts';\nimport { Temporal } from 'temporal-polyfill';",
    ],
    ['bot/desk/x.test.ts', "import pg from 'pg';\nconst at = Date.now();"],
  ])('and what is allowed is not: %s: %s', (path, text) => {
    expect(violations([...facts, factsOf({ path, text })]).filter((each) => each.includes(path))).toEqual([]);
  });
});
