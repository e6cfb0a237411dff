import { z } from 'zod';
import { localised, role, slug, timeOfDay } from './values.ts';

/** ISO weekdays, 1 = Monday … 7 = Sunday. `to` before `from` runs past midnight. */
const openingHours = z.strictObject({
  days: z.array(z.number().int().min(1).max(7)).min(1),
  from: timeOfDay,
  to: timeOfDay,
});

/** A queue 技能队列 of the agents' desk, RULEBOOK §6 (189 / 180 / 96123 desks). */
const queue = z.strictObject({
  id: slug,
  name: localised,
  /** Skill grade 技能等级 that an agent needs to take from it: 1 junior, 2 intermediate, 3 senior. */
  grade: z.number().int().min(1).max(3),
  jobTypes: z.array(slug),
});

const wrapUpCode = z.strictObject({ code: slug, name: localised });

export const deskSchema = z
  .strictObject({
    hours: z.union([z.literal('always'), z.array(openingHours).min(1)]),
    /** What 转人工 does outside the hours: a message that becomes a ticket, or waiting until they begin. */
    outside: z.enum(['leaveMessage', 'queue']),
    queues: z.array(queue).min(1),
    defaultQueue: slug,
    wrapUpCodes: z.array(wrapUpCode).min(1),
    /** A waiting customer is told the new position at most this often. */
    positionEverySeconds: z.number().int().positive(),
    /** An agent unseen for so long is set away. */
    presenceTimeoutSeconds: z.number().int().positive(),
  })
  .superRefine((desk, context) => {
    if (!desk.queues.some((entry) => entry.id === desk.defaultQueue)) {
      context.addIssue({ code: 'custom', path: ['defaultQueue'], message: 'is not one of the queues' });
    }
    unique(
      context,
      'queues',
      desk.queues.map((entry) => entry.id),
    );
    unique(
      context,
      'wrapUpCodes',
      desk.wrapUpCodes.map((entry) => entry.code),
    );
  });
export type DeskPolicy = z.infer<typeof deskSchema>;

/** A kind of ticket 工单 with its limits, RULEBOOK §2.6. Times are natural time from acceptance (§7). */
const ticketKind = z.strictObject({
  id: slug,
  /** Begins the ticket's number: TS 投诉, BX 报修, YW 业务. */
  prefix: z.string().regex(/^[A-Z]{2}$/),
  name: localised,
  dispatchMinutes: z.number().int().positive(),
  handleHours: z.number().positive(),
  /** Share of the limit after which its owner is warned. */
  warnAt: z.number().gt(0).lt(1),
  categories: z.array(z.strictObject({ id: slug, name: localised })).min(1),
});

export const ticketSchema = z
  .strictObject({
    kinds: z.array(ticketKind).min(1),
    /** RULEBOOK §2.8, from the department's answer, natural time. */
    callback: z.strictObject({
      withinHours: z.number().positive(),
      attempts: z.number().int().positive(),
      hoursApart: z.number().nonnegative(),
      onDays: z.number().int().positive(),
    }),
    /** RULEBOOK §2.7: alike within so many days is a repeat complaint 重复投诉. */
    repeatComplaintDays: z.number().int().positive(),
    urgedBy: z.array(role),
  })
  .superRefine((tickets, context) => {
    unique(
      context,
      'kinds',
      tickets.kinds.map((kind) => kind.id),
    );
    unique(
      context,
      'kinds',
      tickets.kinds.map((kind) => kind.prefix),
    );
  });
export type TicketPolicy = z.infer<typeof ticketSchema>;
export type TicketKind = z.infer<typeof ticketKind>;

function unique(context: z.RefinementCtx, path: string, values: string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) context.addIssue({ code: 'custom', path: [path], message: `has ${twice} twice` });
}
