import { z } from 'zod';
import { slug, timeOfDay } from './values.ts';

export const LOG_SECTIONS = ['system', 'cases', 'other'] as const;
export type LogSection = (typeof LOG_SECTIONS)[number];

/** The leader's duty log 值班日志, RULEBOOK §4 handover 5. Times are the centre's. */
export const dutyLogSchema = z.strictObject({
  /** 工种 of the teams that keep one. */
  jobTypes: z.array(slug).default(['hotline']),
  /** The day's draft is there, and its leaders are told. */
  draftAt: timeOfDay.default('20:00'),
  /** What must be written before it can be signed; 「无」 is an answer. */
  required: z.array(z.enum(LOG_SECTIONS)).default(['system', 'cases']),
  /** On the day after: the leaders are reminded of one that is not signed. */
  remindAt: timeOfDay.default('08:30'),
  /** On the day after: the department head is told which are not signed. */
  missingAt: timeOfDay.default('12:00'),
  /** 1 Monday … 7 Sunday: the week's logs go to the department head. */
  weekly: z
    .strictObject({ day: z.number().int().min(1).max(7), at: timeOfDay })
    .default({ day: 1, at: '09:00' }),
  /** Most characters of a section. */
  characters: z.number().int().positive().max(4000).default(2000),
});

export type DutyLogPolicy = z.output<typeof dutyLogSchema>;
