import type { Action } from '../people/permissions.ts';
import type { Talk } from './talk.ts';

export type CommandName =
  | 'toDecide'
  | 'decide'
  | 'withdraw'
  | 'shifts'
  | 'requests'
  | 'notices'
  | 'back'
  | 'extend'
  | 'teamLeaves'
  | 'ledger'
  | 'balance'
  | 'leave'
  | 'handoverWrite'
  | 'handoverPast'
  | 'problems'
  | 'handover'
  | 'help'
  | 'onDuty'
  | 'teamRoster'
  | 'swap'
  | 'swaps'
  | 'openshift'
  | 'report'
  | 'reports'
  | 'instruct'
  | 'follow'
  | 'dutylog'
  | 'meetings'
  | 'minutes'
  | 'signOn'
  | 'signOff'
  | 'away'
  | 'deskBack'
  | 'rollCall'
  | 'excuse'
  | 'attendance'
  | 'overtime'
  | 'surge';

/** The parts of the help, in its order. */
export const GROUPS = [
  'leave',
  'swap',
  'roster',
  'attendance',
  'handover',
  'reporting',
  'duty',
  'notices',
  'deciding',
  'other',
] as const;
type Group = (typeof GROUPS)[number];

/** Something a colleague can have done by writing. Its names and examples stand in i18n, `staff.what_…` and `staff.example_…`. */
export interface Command {
  readonly name: CommandName;
  /** What stands after the slash on every channel: 1–32 of a–z, 0–9 and _ (core.telegram.org/bots/api#botcommand). */
  readonly slash: string;
  readonly group: Group;
  /** The row of the permission table; asked before `run`. */
  readonly action: Action;
  /** True when the words ask for it. */
  reads(text: string, talk: Talk): boolean;
  run(text: string, talk: Talk): Promise<void>;
}

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
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^(?:请问|请(?!假)|麻烦|帮我|我(?:想|要)|please |show(?: me)? |what are )+/u, '')
    .replace(/(?<=.)[\s.。!！?？~～…]+$/u, '')
    .replace(/\s+/g, ' ');
}
