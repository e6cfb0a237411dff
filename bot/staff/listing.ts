import type { BotCommand } from '../../channels/channel.ts';
import { type Locale, t } from '../i18n/index.ts';
import { inHelp } from './commands.ts';

/** The commands as platforms list them: the first of each group, then the second, so that a short list has some of all. */
export function commandList(locale: Locale): BotCommand[] {
  const groups = inHelp().map(({ rows }) => rows);
  const longest = Math.max(...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, row) => groups.flatMap((group) => group[row] ?? []))
    .flat()
    .map(({ name, slash }) => ({
      name: slash,
      description: t(locale, `staff.what_${name}`),
      example: t(locale, `staff.example_${name}`),
    }));
}
