import { type Command, command } from '../command.ts';
import { AGREES, overtimeTyped, REFUSES, surgeTyped } from './talk.ts';

/** The rows about surges. */
export const SURGE_COMMANDS: readonly Command[] = [
  command('surge', 'surge.call', /^(?:话务)?高峰(?:支援|情况)?$|^surge$/u, surgeTyped, {
    group: 'attendance',
  }),
  command(
    'overtime',
    'surge.answer',
    new RegExp(`${AGREES.source}|${REFUSES.source}|^(?:我的)?加班设置$`, 'u'),
    overtimeTyped,
    { group: 'attendance' },
  ),
];
