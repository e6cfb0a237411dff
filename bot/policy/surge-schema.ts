import { z } from 'zod';

const minutes = z.number().int().positive().max(1440);

/** A surge 话务高峰 of contacts and the call for people (RULEBOOK §4 roster). */
export const surgeSchema = z.strictObject({
  /** So many times the forecast is a surge. */
  factor: z.number().gt(1).max(20).default(1.5),
  /** Measured over so long. */
  windowMinutes: minutes.default(30),
  /** Fewer contacts than this are none, whatever the forecast: two instead of one at night. */
  leastContacts: z.number().int().positive().default(10),
  /** Below the factor for so long it is over; the next one is told again. */
  calmMinutes: minutes.default(60),
  /** The extra shift begins so long after the call, on a quarter of an hour, and is so long. */
  leadMinutes: minutes.default(60),
  hours: z.number().positive().max(12).default(4),
  /** Whoever was asked may answer for so long. */
  answerMinutes: minutes.default(30),
  /** How many are asked at most. */
  askMost: z.number().int().positive().max(200).default(20),
});
export type SurgePolicy = z.output<typeof surgeSchema>;
