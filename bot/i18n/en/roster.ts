import type { Translation } from '../types.ts';
import type { roster as source } from '../zh-CN/roster.ts';

export const roster: Translation<typeof source> = {
  on_now: 'On duty now ({at}):\n{list}',
  on_then: 'On duty {when}:\n{list}',
  on_none: 'Nobody is on duty {when}.',
  on_none_now: 'Nobody is on duty now.',
  on_line: '· {shift} ({team}): {people}',
  on_which: 'Which day do you mean? For example “who is on tomorrow”.',
  ask_when: 'Which day do you mean by “{text}”?',
  ask_on: 'who is on {when}',
  ask_mine: 'my shifts {when}',
  ask_team: 'roster {when}',
  instead_of: '{person} (for {planned})',
  people_separator: ', ',
  mine: 'Your shifts, {when}:\n{list}',
  mine_none: 'You have no shifts, {when}.',
  mine_away: '{shift} ({why})',
  mine_taken: '{shift} (for {planned})',
  team: 'Roster of {team}, {when}:\n{list}',
  team_none: '{team} has no shifts, {when}.',
  team_own_none: 'You have no team yet. Please name one, for example “roster of 「受理甲班」 tomorrow”.',
  line: '· {shift}: {people}',
  off_line: '· {person} is away: {shift} ({why})',
  away_leave: 'on leave',
  away_swap: 'swapped',
  away_give: 'given away',
  away_loan: 'on loan',
  away_stand_in: 'missing, somebody stands in',
  through: 'The roster is published until {date}.',

  problem_two_at_once: '{person} would be on two shifts at once on {date}: {shift} and {other}.',
  problem_built_upon:
    '{shift} of {person} on {date} is part of a swap, leave or loan and can’t be changed directly. Please undo that first.',
  problem_not_on_duty: '{person} is not on {shift} on {date}.',
  problem_unknown_shift: 'This shift of {person} is no longer in the roster. Please reload and try again.',
  problem_no_shift_type: 'There is no shift called “{name}”.',
  problem_no_team: '{person} has no team and can’t be given shifts.',
  warning_rest:
    '{person} on {date}: only {hours} hours of rest between {shift} and {other}; the rule is {least}.',
  warning_leave: '{person} has asked for leave on {date} ({state}).',
  warning_past: '{shift} of {person} on {date} has begun already; this changes the past.',
  edited: '{editor} changed your shifts:\n{list}',
  undone: '{editor} took back a change of your shifts:\n{list}',
  edited_line: '· {date}: {before} → {after}',
  nothing: 'off',
  edited_more: '… {count} days in all. See “my shifts”.',

  file_no_head:
    'No heading found. It needs a column “number”, followed by dates, or by the columns “date” and “shift”.',
  file_bad_date: '“{value}” is not a date. Please write it as 2026-06-10.',
  file_no_number: 'The line of “{value}” has no number.',
  file_duplicate: '“{value}” appears twice.',
  file_unknown_number: 'Nobody has the number “{number}”.',
  file_name_mismatch: 'Number {number} is {known}, but the file says “{name}”.',

  need_short:
    '{date} {from}–{to} needs {required} by the forecast; {left} are left without this person: {gap} short.',
  need_met:
    '{date} {from}–{to} needs {required} by the forecast; {left} are left without this person: enough.',

  calendar: 'Shifts of {person}',
};
