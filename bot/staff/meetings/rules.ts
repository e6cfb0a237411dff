import { Temporal } from 'temporal-polyfill';
import type { MeetingPolicy } from '../../policy/schema.ts';
import type { ShiftChange } from '../handover/types.ts';

export const MEETING_KINDS = ['before', 'after', 'weekly', 'monthly'] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Why something can't be done with a meeting's minutes. `early`: it has not begun. `empty`: nothing is written. */
export type MeetingRefusal = 'not_yours' | 'published' | 'early' | 'empty';

/** What keeps somebody from writing, or with `publish` from publishing, the minutes; undefined: nothing. Pure. */
export function notWritable(
  meeting: {
    readonly state: 'planned' | 'published';
    readonly startsAt: number;
    readonly chairId: string;
    readonly minutes: string;
    readonly decisions: readonly string[];
  },
  by: { readonly id: string; readonly leads: boolean },
  now: number,
  { publish }: { readonly publish: boolean },
): MeetingRefusal | undefined {
  if (by.id !== meeting.chairId && !by.leads) return 'not_yours';
  if (meeting.state === 'published') return 'published';
  if (now < meeting.startsAt) return 'early';
  return publish && !meeting.minutes.trim() && meeting.decisions.length === 0 ? 'empty' : undefined;
}

/** This week's meeting of the leaders, epoch ms; null: there is none. */
export function weeklyAt({ weekly }: MeetingPolicy, timeZone: string, now: number): number | null {
  if (!weekly) return null;
  const today = dateOf(now, timeZone);
  return instant(today.add({ days: weekly.weekday - today.dayOfWeek }), weekly.at, timeZone);
}

/** This month's meeting of all staff: on the last such weekday before the day, 「25日前的星期五」; on the day itself it is too late. */
export function monthlyAt({ monthly }: MeetingPolicy, timeZone: string, now: number): number | null {
  if (!monthly) return null;
  const last = dateOf(now, timeZone).with({ day: monthly.beforeDay - 1 });
  const back = (last.dayOfWeek - monthly.weekday + 7) % 7;
  return instant(last.subtract({ days: back }), monthly.at, timeZone);
}

function dateOf(now: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
}

const instant = (date: Temporal.PlainDate, time: string, timeZone: string) =>
  date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;

/** A meeting to be announced. `members` of those around a shift: who comes, or who goes. */
export interface Due {
  readonly kind: MeetingKind;
  readonly startsAt: number;
  readonly teamId: string | null;
  readonly members: readonly string[];
}

/** The meetings whose announcement is due at `now`: so long before they begin, and until they do. */
export function dueMeetings(
  policy: MeetingPolicy,
  timeZone: string,
  changes: readonly ShiftChange[],
  now: number,
): Due[] {
  const { before, after, announceHours, announceMinutes } = policy;
  const due = (startsAt: number, ahead: number) => now >= startsAt - ahead && now < startsAt;
  // Of this week and, on its last days, of the next.
  const seen = [now, now + announceHours * HOUR_MS];
  const great = (
    [
      ['weekly', seen.map((at) => weeklyAt(policy, timeZone, at))],
      ['monthly', seen.map((at) => monthlyAt(policy, timeZone, at))],
    ] as const
  ).flatMap(([kind, starts]) =>
    [...new Set(starts)].flatMap((startsAt) =>
      startsAt !== null && due(startsAt, announceHours * HOUR_MS)
        ? [{ kind, startsAt, teamId: null, members: [] }]
        : [],
    ),
  );
  const small = changes.flatMap(({ teamId, changeAt, incoming, outgoing }) => [
    ...(before
      ? [
          {
            kind: 'before' as const,
            startsAt: changeAt - before.minutes * MINUTE_MS,
            teamId,
            members: incoming,
          },
        ]
      : []),
    ...(after
      ? [
          {
            kind: 'after' as const,
            startsAt: changeAt + after.minutes * MINUTE_MS,
            teamId,
            members: outgoing,
          },
        ]
      : []),
  ]);
  return [
    ...great,
    ...small.filter(
      ({ startsAt, members }) => members.length > 0 && due(startsAt, announceMinutes * MINUTE_MS),
    ),
  ];
}

/** How many days back the agenda of a meeting looks. */
export const AGENDA_DAYS: Readonly<Record<MeetingKind, number>> = {
  before: 1,
  after: 1,
  weekly: 7,
  monthly: 31,
};
