import { type Command, command } from '../command.ts';
import { readLog } from './log/read.ts';
import { talkLog } from './log/talk.ts';
import { type MatterSaid, readMatter } from './matters/read.ts';
import { askReport, followTyped, instructTyped, showMatters } from './matters/talk.ts';

const LEADING = ['answer', 'pass'] as const;
const FOLLOWING = ['acknowledge', 'object', 'done'] as const;

function wordOf(text: string, meant: readonly MatterSaid['do'][]): boolean {
  const said = readMatter(text);
  return said !== undefined && meant.includes(said.do);
}

/** What is reported up, and the duty log. */
export const DUTY_COMMANDS: readonly Command[] = [
  command('dutylog', 'dutylog.read', (text) => readLog(text) !== undefined, talkLog, { group: 'duty' }),
  command('follow', 'card.press', (text) => wordOf(text, FOLLOWING), followTyped, { group: 'reporting' }),
  command('instruct', 'card.press', (text) => wordOf(text, LEADING), instructTyped, { group: 'reporting' }),
  command('reports', 'matter.raise', (text) => wordOf(text, ['list']), showMatters, { group: 'reporting' }),
  command('report', 'matter.raise', (text) => wordOf(text, ['report']), askReport, { group: 'reporting' }),
];
