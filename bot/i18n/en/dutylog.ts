import type { Translation } from '../types.ts';
import type { dutylog as source } from '../zh-CN/dutylog.ts';

export const dutylog: Translation<typeof source> = {
  title: 'Duty log of {team}, {date}',
  section_system: 'System problems',
  section_cases: 'Hard cases',
  section_other: 'Other',
  fact_figures: 'Figures of the day',
  fact_state: 'State',
  state_open: 'not signed',
  state_signed: 'signed by {name} ({at})',
  contacts: '{contacts} contacts, {queued} asked for a person, {answered} taken, {queue} waiting now',
  tickets:
    'Tickets: {ticketsOpened} opened, {ticketsClosed} closed, {ticketsOpen} open, {ticketsOverdue} of them overdue',
  leave: 'On leave: {list}',
  absences: 'Absent without leave: {list}',
  change_leave: '{off} on leave',
  change_swap: '{off} swapped, {on} worked',
  change_give: '{off} gave the shift away, {on} worked',
  change_loan: '{off} on loan',
  change_stand_in: '{off} did not come, {on} stood in',
  notices: 'Notices sent: {list}',
  added: 'Knowledge added: {list}',
  removed: 'Knowledge removed: {list}',
  button_sign: 'Sign duty log of {date}',

  written: 'Written: {log}. Please sign it when it is complete.',
  signed: 'Signed and sealed: {log}. The department head has it.',
  which_section: 'Which section does this belong to?',
  which_button: 'duty log {when}: {section}: {text}',
  which_team: 'Which team’s duty log?',
  when: 'Please say of which day, such as “duty log of yesterday”.',
  none: 'There is no duty log of {team}, {date}.',
  not_yours: 'You can’t read that team’s duty log.',
  too_long: 'Please keep it within {max} characters.',
  refused_signed: 'This log is signed and sealed; it can’t be changed.',
  refused_early: 'That day has not come yet.',
  refused_empty:
    'The duty log names the day’s volumes, system problems and hard cases. Still missing: {missing}. If there were none, write “duty log: system problems: none”.',

  told_draft:
    'The draft is there with today’s figures: {log}. Please add system problems and hard cases, such as “duty log: hard cases: …”, and sign it.',
  told_remind: 'Reminder: not signed yet: {log}.',
  told_missing: 'Still not signed; its leader was reminded: {log}.',
  told_signed: '{name} handed in: {log}.',
  week: 'Duty logs from {from} to {to}:\n{list}',
  week_line: '· {log}: system problems: {system}; hard cases: {cases}',
  week_open: '· {log}: not signed',
};
