import { z } from 'zod';
import type { BotCommand } from '../../channel.ts';
import { colorIcon, outlineIcon } from './icons.ts';
import { type AppCommand, en, zhCN } from './words.ts';

const https = z.url({ protocol: /^https$/ });

/** Lengths: https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema */
export const options = z.object({
  /** MicrosoftAppId of the Azure Bot; also the app's own id in Teams. */
  appId: z.guid().toLowerCase(),
  name: z.string().min(1).max(30).default('应答'),
  nameEn: z.string().min(1).max(30).default('Yingda'),
  audience: z.enum(['staff', 'customer']).default('staff'),
  developer: z.string().min(1).max(32),
  website: https,
  privacy: https,
  terms: https,
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .default('1.0.0'),
});

export type Options = z.infer<typeof options>;

const SCOPES = ['personal', 'team', 'groupChat'];
const SCHEMAS = 'https://developer.microsoft.com/json-schemas/teams/v1.19';

/** "You can have up to 10 commands" in a list, says the schema's page. */
const MAX_COMMANDS = 10;

/** What the colleagues' bot can do, the most wanted first: its table gives it. */
export type StaffCommands = (locale: 'zh-CN' | 'en') => BotCommand[];

/** The files of an app package, by name: put into a zip, they can be uploaded to Teams. */
export function appPackage(about: Options, staffCommands: StaffCommands): Record<string, Buffer> {
  const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  const commandsIn = (locale: 'zh-CN' | 'en') =>
    about.audience === 'customer'
      ? { 'zh-CN': zhCN, en }[locale].customer.commands
      : staffCommands(locale)
          .slice(0, MAX_COMMANDS)
          .map(({ example, description }) => ({ title: example, description }));
  return {
    'manifest.json': json(manifest(about, commandsIn('zh-CN'))),
    'en.json': json(english(about, commandsIn('en'))),
    'color.png': colorIcon(),
    'outline.png': outlineIcon(),
  };
}

function manifest(
  { appId, name, audience, developer, website, privacy, terms, version }: Options,
  commands: AppCommand[],
) {
  const words = zhCN[audience];
  return {
    $schema: `${SCHEMAS}/MicrosoftTeams.schema.json`,
    manifestVersion: '1.19',
    version,
    id: appId,
    localizationInfo: {
      defaultLanguageTag: 'zh-cn',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    },
    developer: { name: developer, websiteUrl: website, privacyUrl: privacy, termsOfUseUrl: terms },
    name: { short: name, full: name },
    description: { short: words.short, full: words.full },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#165DCC',
    bots: [
      {
        botId: appId,
        scopes: SCOPES,
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [{ scopes: SCOPES, commands }],
      },
    ],
  };
}

function english({ nameEn, audience }: Options, commands: AppCommand[]): Record<string, string> {
  const { short, full } = en[audience];
  return {
    $schema: `${SCHEMAS}/MicrosoftTeams.Localization.schema.json`,
    'name.short': nameEn,
    'name.full': nameEn,
    'description.short': short,
    'description.full': full,
    ...Object.fromEntries(
      commands.flatMap(({ title, description }, at) => {
        const command = `bots[0].commandLists[0].commands[${at}]`;
        return [
          [`${command}.title`, title],
          [`${command}.description`, description],
        ];
      }),
    ),
  };
}
