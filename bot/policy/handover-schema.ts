import { z } from 'zod';
import { slug } from './values.ts';

/** Handover 交接班, RULEBOOK §4. Minutes are natural time around the change of shift. */
export const handoverSchema = z.strictObject({
  /** 工种 of the teams that hand over; those with office hours only need not. */
  jobTypes: z.array(slug).default(['hotline']),
  /** The handover is opened so long before the change. */
  openMinutes: z.number().int().positive().max(240).default(15),
  /** So long after the change the leader is told who is missing. */
  alertMinutes: z.number().int().nonnegative().max(240).default(10),
  /** A change that a standing still process missed is still opened for so long. */
  catchUpMinutes: z.number().int().nonnegative().max(720).default(120),
});

export type HandoverPolicy = z.output<typeof handoverSchema>;
