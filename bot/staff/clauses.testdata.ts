/** RULEBOOK §4 by its numbers; what has none there, sentence by sentence. */
export const CLAUSES = {
  'leave.1':
    'asked for in advance: personal leave a day, special personal leave an hour; later only with consent',
  'leave.2': 'personal leave goes level by level: up to a day the head, more than a day the director',
  'leave.3': 'personal leave is asked by the person, sick leave by anybody',
  'leave.4': 'a day of sick leave needs a certificate, of unbroken dates, on the first day after it',
  'leave.5': 'night shift: a special case before noon, with consent',
  'leave.6': 'public holidays: an extreme case two days before, with consent',
  'leave.7': 'official business and outside study: the director',
  'leave.8': 'closed by reporting back; what ended without it is shown to the shift leader',
  'leave.9': 'twenty minutes late or away from the desk is a breach; leaving the desk is timed',

  'swap.1': 'a stated reason; both colleagues agree, then both shift leaders',
  'swap.2': 'two a month, none after another, no two shifts back to back',
  'swap.3': 'same job type, comparable grade',
  'swap.4': 'no leave on a swapped or returned shift',
  'swap.5': 'on duty on a public holiday: neither swap nor leave',
  'swap.6': 'the record always names who is on duty, for every minute',
  'swap.7': 'a swap has its return shift',

  'handover.1': 'on post ten minutes early, for roll call and comment',
  'handover.2':
    'the log: equipment, problems, staff; what is unresolved is carried on until somebody closes it',
  'handover.3': 'the incoming person reads the newest notices',
  'handover.4': 'until the incoming person is there the outgoing person does not leave',
  'handover.5': 'the leader’s duty log',

  'reporting.1': 'level by level; an emergency may skip levels and is reported afterwards',
  'reporting.2': 'with a suggestion; the instruction is recorded in detail and carried out',
  'reporting.3': 'a different opinion goes up after the instruction was carried out',
  'reporting.4': 'what must be reported; a customer who makes difficulties goes to the shift leader',

  'notices.1': 'the newest notices are read before the shift',
  'meetings.1': 'meetings with minutes: before and after each shift, weekly, monthly',

  'roster.1': 'shifts follow the forecast volume',
  'roster.2': 'attendance is kept',
  'roster.3': 'shift leaders report how busy each shift is; managers ask for people',
  'roster.4': 'a surge starts an emergency plan',
} as const;
export type ClauseId = keyof typeof CLAUSES;

export const EDGES = ['passes', 'fails', 'boundary'] as const;

/** One case of one clause. */
export interface ClauseCase {
  readonly clause: ClauseId;
  readonly edge: (typeof EDGES)[number];
  readonly story: string;
  /** What the colleague reads then; nothing where it passes. */
  readonly reads: () => string;
  /** What that must say, word for word, the refused clause or figures; absent where it passes. */
  readonly quoted?: string;
}

/** A row of a table: as {@link ClauseCase}, shorter to write. */
export type ClauseRow = readonly [
  clause: ClauseId,
  edge: ClauseCase['edge'],
  story: string,
  reads: () => string,
  quoted?: string,
];

export const casesOf = (rows: readonly ClauseRow[]): readonly ClauseCase[] =>
  rows.map(([clause, edge, story, reads, quoted]) => ({
    ...{ clause, edge, story, reads },
    ...(quoted !== undefined && { quoted }),
  }));
