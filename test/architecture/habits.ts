import { inside, isRoot, isTest } from './arrows.ts';
import type { Facts } from './facts.ts';

/** Programs that run in a browser have a clock of their own. */
const BROWSER = [
  'channels/console',
  'channels/webchat/widget',
  'channels/webchat/site',
  'channels/webchat/staff',
];
const inBrowser = (path: string) => BROWSER.some((folder) => inside(path, folder));
/** A command of its own, started by hand. */
const isCommand = (path: string) => inside(path, 'knowledge/eval');
/** On Windows PostgreSQL gets our environment as it is; no setting is read there. */
const PASSES_ON = 'prisma/embedded/tool.ts';
/** The command is measured with the settings that the product would run with. */
const EVAL = 'knowledge/eval/main.ts';
const TIME = ['Date.now', 'new Date()', 'Temporal.Now'];

/** Settings come from bot/config.ts, the time from bot/clock.ts; everything else is handed them. */
export function strayUses({ path, uses }: Facts): string[] {
  if (isTest(path)) return [];
  const wrong = [...uses].filter((use) => {
    if (use === 'process.env') return path !== 'bot/config.ts' && path !== PASSES_ON && path !== EVAL;
    return TIME.includes(use) && path !== 'bot/clock.ts' && !inBrowser(path) && !isCommand(path);
  });
  return wrong.map((use) => `${path} must not use ${use}`);
}

/** Names that can't mean anything else; `sms` and `teams` are words of the house too, and count as a whole text only. */
const CHANNEL = /web[-_]?chat|telegram|wecom|direct[-_]?line/i;
const CHANNEL_TEXTS = ['sms', 'teams'];
/** The public address of the staff chat's token is part of the API. */
const ADDRESSES = ['/api/v1/staff/directline-token'];

/** What differs between channels is in their `can`: no name of one appears in bot/. */
export function channelNames({ path, identifiers, strings }: Facts): string[] {
  if (!inside(path, 'bot') || isRoot(path) || isTest(path)) return [];
  const texts = [...strings].filter((text) => !ADDRESSES.includes(text));
  return [
    ...[...identifiers].filter((name) => CHANNEL.test(name)),
    ...texts.filter((text) => CHANNEL.test(text) || CHANNEL_TEXTS.includes(text.toLowerCase())),
  ].map((name) => `${path} names a channel: ${name}`);
}

const LONGEST = 300;
const MEDIAN = 90;
/** Made by a program, or tables of data that nobody reads from top to bottom. */
const isMade = (path: string) => path === 'channels/console/api.d.ts';

/** A file tells one story. Tests are stories too, but several. */
export function tooLong(all: readonly Facts[]): string[] {
  const written = all.filter(({ path }) => !isTest(path) && !isMade(path));
  const found = written
    .filter(({ lines }) => lines > LONGEST)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
  const sorted = written.map(({ lines }) => lines).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return median > MEDIAN ? [...found, `the median file has ${median} lines`] : found;
}
