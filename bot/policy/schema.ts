import { z } from 'zod';
import { attendanceSchema } from './attendance-schema.ts';
import { contactSchema } from './contact-schema.ts';
import { deskSchema, ticketSchema } from './desk-schema.ts';
import { dutyLogSchema } from './duty-log-schema.ts';
import { handoverSchema } from './handover-schema.ts';
import { leaveSchema } from './leave-schema.ts';
import { meetingSchema } from './meeting-schema.ts';
import { menuSchema } from './menu-schema.ts';
import { noticeSchema } from './notice-schema.ts';
import { reportingSchema } from './reporting-schema.ts';
import { rosterSchema } from './roster-schema.ts';
import { surgeSchema } from './surge-schema.ts';
import { swapSchema } from './swap-schema.ts';
import { localised, role, timeOfDay, timeZone } from './values.ts';

export type { AttendancePolicy } from './attendance-schema.ts';
export type { ContactPolicy } from './contact-schema.ts';
export type { DeskPolicy, TicketKind, TicketPolicy } from './desk-schema.ts';
export { type DutyLogPolicy, LOG_SECTIONS, type LogSection } from './duty-log-schema.ts';
export type { HandoverPolicy } from './handover-schema.ts';
export {
  LEAVE_KINDS,
  type LeaveKind,
  type LeavePolicy,
  type LeaveRule,
  type RuleOf,
} from './leave-schema.ts';
export type { MeetingPolicy } from './meeting-schema.ts';
export type { MenuItem, MenuPolicy } from './menu-schema.ts';
export { type ReportingPolicy, URGENCIES, type Urgency } from './reporting-schema.ts';
export type { RosterPolicy, ShiftType } from './roster-schema.ts';
export type { SurgePolicy } from './surge-schema.ts';
export type { SwapPolicy, SwapSeverity } from './swap-schema.ts';
export type { Localised, Role, Severity } from './values.ts';

const centreSchema = z.strictObject({
  name: localised,
  timeZone,
  /** Before this hour the bot asks which business day 今天 means. */
  businessDayStartsAt: timeOfDay,
});

/**
 * Posts from the lowest to the highest, and who stands in. "Level by level" and "one level up" (§4 leave 2)
 * are read off `ranks`.
 */
const peopleSchema = z.strictObject({
  ranks: z.array(role).min(1),
  /** Numbers (工号) of the people who decide instead of this post, in order of preference. */
  deputies: z.partialRecord(role, z.array(z.string().min(1))),
});

/** Limits of the pipeline and of what people may send. */
const limitsSchema = z.strictObject({
  messageCharacters: z.number().int().positive(),
  attachmentMegabytes: z.number().positive(),
  turnSeconds: z.number().positive(),
  turnAttempts: z.number().int().positive(),
  leaseSeconds: z.number().positive(),
  replyRetryMinutes: z.number().positive(),
  noticeRetryHours: z.number().positive(),
  episodeIdleMinutes: z.number().positive(),
});

/** How long conversational forms 表单 wait and how often they ask. */
const formsSchema = z.strictObject({
  timeoutMinutes: z.number().positive(),
  resumeHours: z.number().positive(),
  attemptsPerField: z.number().int().positive(),
  /** Length of a ticket's description 情况描述. */
  descriptionCharacters: z.strictObject({
    min: z.number().int().positive(),
    max: z.number().int().positive(),
  }),
});

const customersSchema = z.strictObject({
  /** Tiers 客户等级 that a colleague can give a customer; `normal` is everybody else's. */
  tiers: z
    .array(z.string().trim().min(1).max(20))
    .max(20)
    .refine((tiers) => tiers.includes('normal'), 'must contain normal')
    .default(['normal', 'silver', 'gold', 'vip']),
});

/** The centre's settings. Every figure of the rule book is here and nowhere in the code. */
export const policySchema = z.strictObject({
  centre: centreSchema,
  /** Variables that wording may use as {name}: knowledge entries, menus and the bot's own texts. */
  wording: z
    .record(z.string().regex(/^\w+$/, 'a variable is named by letters, digits and _'), z.string())
    .refine((words) => 'hotline' in words, 'must set hotline'),
  people: peopleSchema,
  desk: deskSchema,
  tickets: ticketSchema,
  limits: limitsSchema,
  forms: formsSchema,
  menu: menuSchema,
  leave: leaveSchema,
  // Policies written before these were sections keep to their defaults.
  contact: contactSchema.prefault({}),
  customers: customersSchema.prefault({}),
  swap: swapSchema.prefault({}),
  notices: noticeSchema.prefault({}),
  roster: rosterSchema.prefault({}),
  handover: handoverSchema.prefault({}),
  attendance: attendanceSchema.prefault({}),
  reporting: reportingSchema.prefault({}),
  dutyLog: dutyLogSchema.prefault({}),
  surge: surgeSchema.prefault({}),
  meetings: meetingSchema.prefault({}),
});

/** The centre's policy 运营规则, validated. */
export type Policy = z.infer<typeof policySchema>;
