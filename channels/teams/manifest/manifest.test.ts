import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appPackage, options } from './manifest.ts';

const about = {
  appId: '330b21ae-f364-4abf-8e5a-f44a9fcb2c24',
  developer: '晨星通信',
  website: 'https://desk.example',
  privacy: 'https://desk.example/privacy',
  terms: 'https://desk.example/terms',
};

// The published shape of version 1.19, as far as a bot needs it: what isn't in it is refused there too.
const url = z.url({ protocol: /^https$/ }).max(2048);
const scopes = z.array(z.enum(['team', 'personal', 'groupChat', 'copilot'])).max(3);
const command = z.strictObject({ title: z.string().max(32), description: z.string().max(128) });
const manifest = z.strictObject({
  $schema: z.url(),
  manifestVersion: z.literal('1.19'),
  version: z.string().max(256),
  id: z.guid(),
  localizationInfo: z.strictObject({
    defaultLanguageTag: z.string().regex(/^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,2}$/),
    additionalLanguages: z.array(z.strictObject({ languageTag: z.string(), file: z.string() })),
  }),
  developer: z.strictObject({
    name: z.string().max(32),
    websiteUrl: url,
    privacyUrl: url,
    termsOfUseUrl: url,
  }),
  name: z.strictObject({ short: z.string().max(30), full: z.string().max(100) }),
  description: z.strictObject({ short: z.string().max(80), full: z.string().max(4000) }),
  icons: z.strictObject({ outline: z.string(), color: z.string() }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  bots: z
    .array(
      z.strictObject({
        botId: z.guid(),
        scopes,
        supportsFiles: z.boolean(),
        isNotificationOnly: z.boolean(),
        commandLists: z.array(z.strictObject({ scopes, commands: z.array(command).max(10) })).max(3),
      }),
    )
    .max(1),
});
const localization = z.record(
  z
    .string()
    .regex(
      /^(\$schema|name\.(short|full)|description\.(short|full)|bots\[0\]\.commandLists\[[0-2]\]\.commands\[[0-9]\]\.(title|description))$/,
    ),
  z.string(),
);

/** More than the platform takes. */
const commands = (locale: string) =>
  Array.from({ length: 12 }, (_, at) => ({
    ...{ name: `c${at}`, description: `${locale} ${at}`, example: `do ${at}` },
  }));
const read = (file?: Buffer) => JSON.parse(String(file));

describe.each(['staff', 'customer'] as const)('the app of a bot for %s', (audience) => {
  const files = appPackage(options.parse({ ...about, audience }), commands);

  test('has the published shape, in Chinese and in English', () => {
    const main = manifest.parse(read(files['manifest.json']));
    expect(main.bots[0]).toMatchObject({ botId: about.appId, scopes: ['personal', 'team', 'groupChat'] });
    const english = localization.parse(read(files['en.json']));
    const commands = main.bots[0]?.commandLists[0]?.commands ?? [];
    expect(Object.keys(english).filter((key) => key.endsWith('.title'))).toHaveLength(commands.length);
    for (const [key, value] of Object.entries(english).filter(([name]) => name !== '$schema')) {
      const most = key.endsWith('title')
        ? 32
        : key === 'description.full'
          ? 4000
          : key.startsWith('bots')
            ? 128
            : 80;
      expect(value.length).toBeLessThanOrEqual(most);
    }
    expect(Object.keys(files)).toEqual(expect.arrayContaining([...Object.values(main.icons), 'en.json']));
  });
});

test.each([
  ['color.png', 192],
  ['outline.png', 32],
])('%s is a whole PNG of %i pixels', (name, size) => {
  const png = appPackage(options.parse(about), commands)[name] ?? Buffer.alloc(0);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  const length = png.readUInt32BE(33);
  const data = png.subarray(41, 41 + length);
  expect(png.readUInt32BE(41 + length)).toBe(crc32(png.subarray(37, 41 + length)));
  expect(inflateSync(data)).toHaveLength(size * (size * 4 + 1));
});

test('the outline is white on nothing, as Teams asks', () => {
  const png = appPackage(options.parse(about), commands)['outline.png'] ?? Buffer.alloc(0);
  const raw = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  const pixels = new Set<string>();
  for (let y = 0; y < 32; y++)
    for (let x = 0; x < 32; x++)
      pixels.add(raw.subarray(y * 129 + 1 + x * 4, y * 129 + 5 + x * 4).toString('hex'));
  expect([...pixels].sort()).toEqual(['00000000', 'ffffffff']);
});
