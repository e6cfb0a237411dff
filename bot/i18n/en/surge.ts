import type { Translation } from '../types.ts';
import type { surge as source } from '../zh-CN/surge.ts';

export const surge: Translation<typeof source> = {
  alert:
    'A surge: {contacts} contacts in the last {minutes} minutes, about {expected} are usual; {onDuty} on duty, about {needed} too few. Shall those who agreed to it be asked to come?',
  title: 'Surge · {at}',
  fact_contacts: 'Contacts',
  fact_on_duty: 'On duty',
  fact_needed: 'Too few by',
  fact_extra: 'Extra shift',
  fact_state: 'State',
  fact_answers: 'Answers',
  contacts: '{contacts} ({expected} expected)',
  people: '{count}',
  call: 'Call people in',
  dismiss: 'Not needed',
  state_alerted: 'waits for a decision',
  state_dismissed: '{name}: not needed',
  state_calling: 'called by {name}: {asked} asked, {joined} come, {needed} needed',
  state_filled: 'filled: {joined} come',
  state_short: '{joined} come, {needed} needed: not filled',
  state_nobody: 'nobody can be asked: none agreed to it, or their rest would be too short',
  answer_asked: '{name}: no answer',
  answer_joined: '{name}: comes',
  answer_declined: '{name}: can’t come',
  answer_full: '{name}: no answer (filled)',
  answer_late: '{name}: no answer (time over)',
  outcome: 'Your call for people: {standing}.',
  none: 'There was no surge lately.',
  now: 'The last surge:',

  ask: 'There is a surge, and help is needed. Could you come {when}? The first who say yes have it; an answer counts for {minutes} minutes.',
  ask_title: 'Extra shift {when}',
  ask_needed: 'Needed',
  yes: 'I’ll come',
  no: 'I can’t',
  joined: 'You are rostered: extra shift {when}. Thank you.',
  declined: 'Noted: you can’t come.',
  unfit:
    'Sorry: you have a shift or leave at that time, or less than {hours} hours of rest between two shifts.',
  full: 'Enough people have come; you need not. Thank you.',
  late: 'The time to answer is over; you need not come. Thank you.',

  agreed:
    'You will be asked when there is a surge; you may say no each time, and have at least {hours} hours of rest between two shifts. If you no longer want it, write “don’t call me in”.',
  disagreed: 'You will not be called in. Should you change your mind, write “you may call me in”.',
  setting_on: 'You may be called in. If you no longer want it, write “don’t call me in”.',
  setting_off: 'You are not called in. If you would like to be, write “you may call me in”.',
  button_agree: 'You may call me in',
  button_disagree: "Don't call me in",
};
