import { z } from 'zod';
import { role, slug, timeOfDay } from './values.ts';

const weekday = z.number().int().min(1).max(7);
const aroundShift = z.strictObject({
  /** Minutes between the meeting's beginning and the change of shift. */
  minutes: z.number().int().nonnegative().max(120),
});

/** Meetings 会议, RULEBOOK §4. Times are the centre's; weekdays 1 Monday … 7 Sunday; null: there is none. */
export const meetingSchema = z.strictObject({
  /** 工种 of the teams that meet before and after the shift. */
  jobTypes: z.array(slug).default(['hotline']),
  /** 班前会: of those who come, before the change. */
  before: aroundShift.nullable().default({ minutes: 10 }),
  /** 班后会: of those who go, after it. */
  after: aroundShift.nullable().default({ minutes: 10 }),
  /** 周例会: of the leaders. */
  weekly: z
    .strictObject({
      ...{ weekday, at: timeOfDay, chair: role, attend: z.array(role).min(1) },
      /** Whom the minutes reach besides: a uniform answer reaches every agent (§3.6). */
      readers: z.array(role),
    })
    .nullable()
    .default({
      ...{ weekday: 5, at: '15:00', chair: 'department_head' },
      ...{ attend: ['shift_leader', 'supervisor', 'duty_manager', 'department_head'], readers: ['agent'] },
    }),
  /** 月例会: of all staff, on the last such weekday before that day of the month. */
  monthly: z
    .strictObject({ weekday, beforeDay: z.number().int().min(9).max(28), at: timeOfDay, chair: role })
    .nullable()
    .default({ weekday: 5, beforeDay: 25, at: '16:00', chair: 'department_head' }),
  /** Weekly and monthly meetings are announced so long before, those around a shift by minutes. */
  announceHours: z.number().int().positive().max(168).default(24),
  announceMinutes: z.number().int().positive().max(240).default(30),
  /** Cases of each kind on the agenda. */
  cases: z.number().int().positive().max(20).default(5),
  /** A rating up to this is a low one. */
  lowRating: z.number().int().min(1).max(4).default(2),
  /** The chair is reminded of minutes that are not there so long after the beginning. */
  minutesHours: z.number().int().positive().max(168).default(4),
  /** Who has not confirmed the minutes is reminded so long after them; the chair is told who then. */
  readHours: z.number().int().positive().max(168).default(24),
});

export type MeetingPolicy = z.output<typeof meetingSchema>;
