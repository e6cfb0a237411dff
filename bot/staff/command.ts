import type { Action } from '../people/permissions.ts';
import type { Command, CommandName } from './commands.ts';

/** A row of the table of commands; words that are asked for by a pattern are tried without case, width and politeness. */
export const command = (
  name: CommandName,
  action: Action,
  reads: RegExp | Command['reads'],
  run: Command['run'],
  { slash = name.toLowerCase(), group = 'other' }: Partial<Pick<Command, 'slash' | 'group'>> = {},
): Command => {
  const asks = reads instanceof RegExp ? (text: string) => reads.test(plain(text)) : reads;
  return { name, slash, group, action, run, reads: asks };
};

/** The words without case, width, politeness and what ends a sentence. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^(?:请问|请(?!假)|麻烦|帮我|我(?:想|要)|please |show(?: me)? |what are )+/u, '')
    .replace(/(?<=.)[\s.。!！?？~～…]+$/u, '')
    .replace(/\s+/g, ' ');
}
