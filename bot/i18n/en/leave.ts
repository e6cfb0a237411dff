import type { Translation } from '../types.ts';
import type { leave as source } from '../zh-CN/leave.ts';

export const leave: Translation<typeof source> = {
  kind_personal: 'personal leave',
  kind_special: 'special personal leave',
  kind_sick: 'sick leave',
  kind_official: 'official absence',
  kind_study: 'outside study',

  quote_personal_notice:
    'Personal leave is asked for at least one day ({hours} hours) before; later only with a manager’s consent, otherwise it is absence without leave.',
  quote_special_notice:
    'Special personal leave is asked for at least {hours} h before the shift; later only with a manager’s consent, otherwise it is absence without leave.',
  quote_sick_notice: 'Sick leave is asked for before the shift; later only with a manager’s consent.',
  quote_official: 'Official business and outside study need the consent of the centre director.',
  quote_own_request: 'Leave is asked for by the person; only sick leave may be reported by another.',
  quote_night:
    'There is in principle no leave on a night shift; a special case is asked for before {time} of that day, with a manager’s consent.',
  quote_holiday:
    'There is no leave on public holidays; an extreme case is asked for at least {hours} hours before, with a manager’s consent.',
  quote_overlap: 'One shift can have one leave request only.',

  clause: 'Leave rules, clause {number}: “{quote}”',
  figures_notice: 'The shift starts at {start}; that is {actual} from now, and {required} are required.',
  figures_started: 'The shift started at {start}; the request was due {required} before its start.',
  figures_over: 'The shift ended at {end}; it is now {now}.',
  figures_cutOff: 'The night shift starts at {start}; requests close at {latest}, and it is now {now}.',
  figures_holiday:
    '{date} is {holiday}; the shift starts at {start}, {actual} from now, and {required} are required.',
  figures_holiday_unknown:
    'Whether {date} is a public holiday is not announced yet (the table ends on {covered}): a person must decide.',
  figures_ownRequest: 'This request was made by {by} for {person}.',
  figures_overlap: 'The shift on {date} already has a request for {kind} ({state}).',
  figures_roster:
    'The roster of {date} is not published yet (published through {covered}), so the shifts cannot be checked: a person must decide.',
  quote_roster: 'Leave is checked against the shifts; without a roster a manager decides.',

  remedy_latest: 'It would have passed before {latest}.',
  remedy_manager: 'You can give a special reason, and the {managers} decides.',
  remedy_first_date: 'From now on it passes for shifts that start at {earliest} or later.',
  remedy_self: 'Please let {person} ask in person.',
  remedy_withdraw: 'Please withdraw the earlier request first.',
  remedy_covered: 'It can be checked once the roster is published.',

  no_shift: 'You have no shift on {dates}, so no leave is needed.',
  no_shift_part: 'You have no shift at that time on {dates}, so no leave is needed.',

  state_pending: 'waiting for approval',
  state_approved: 'approved',
  state_refused: 'refused',
  state_withdrawn: 'withdrawn',

  certificate_due:
    'Please give the medical certificate to your shift leader by {date}; its dates must be unbroken. Emergencies are excepted.',

  ladder_step: '{order}. {post} {name}',
  ladder_deputy: '{order}. {post} {name} (deputy)',
  ladder_informed: 'Also told: {names}',

  post_shift_leader: 'shift leader',
  post_department_head: 'department head',
  post_director: 'centre director',
  post_manager: 'manager',
  day_blocked: 'a day without leave',

  press_not_current_approver: 'This request is now with the {post}, {name}.',
  press_not_your_turn: 'It is not your turn yet: the {post}, {name}, decides first.',
  press_own_request: 'Nobody decides their own request.',
  press_not_requester: 'Only the person who asked can withdraw it.',
  press_closed: 'This request already has its outcome: {state}.',

  hours_minutes: '{hours} h {minutes} min',
  hours_only: '{hours} h',
  minutes_only: '{minutes} min',
  less_than_minute: 'less than a minute',
  list_separator: ', ',
  or_separator: ' or ',
};
