import { z } from 'zod';
import { slug } from './values.ts';

const minutes = z.number().int().nonnegative().max(1440);

/** Attendance 考勤, RULEBOOK §4: roll call, lateness, leaving the desk. Minutes of natural time. */
export const attendanceSchema = z.strictObject({
  /** 工种 of the people whose attendance is kept. */
  jobTypes: z.array(slug).default(['hotline', 'complaint', 'callback']),
  /** How long before a shift one may sign on for it; that early its row is opened, too. */
  opensMinutes: minutes.min(1).default(60),
  /** Whether being ready at the console counts as having signed on, and leaving it as having gone. */
  presence: z.boolean().default(true),
  /** Roll call 点名 so long before the shift (handover 1), of teams of these 工种. */
  rollCall: z
    .strictObject({ minutes: minutes.default(10), jobTypes: z.array(slug).default(['hotline']) })
    .prefault({}),
  /** Leave 9: so late without excuse is a breach of discipline 违纪; less is recorded (§7). */
  late: z.strictObject({ breachMinutes: minutes.min(1).default(20) }).prefault({}),
  /** Leaving the desk 离席, leave 9. */
  away: z
    .strictObject({
      /** So long without, or beyond, the leader's permission is a breach. */
      breachMinutes: minutes.min(1).default(20),
      /** Where nobody says how long. */
      usualMinutes: minutes.min(1).default(10),
      /** Longer is leave, not an absence from the desk. */
      mostMinutes: minutes.min(1).default(60),
      /** A request that no leader answered is over after so long. */
      answerMinutes: minutes.min(1).default(10),
    })
    .prefault({}),
  signOff: z
    .strictObject({
      /** Handover 4: not before the handover that one goes in has ended. */
      afterHandover: z.boolean().default(true),
      /** So long after the shift it is closed without a signature. */
      forgottenMinutes: minutes.default(240),
    })
    .prefault({}),
});
export type AttendancePolicy = z.output<typeof attendanceSchema>;
