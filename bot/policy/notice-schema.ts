import { z } from 'zod';
import { timeOfDay } from './values.ts';

/** Notices 通告: reminders of what must be read, and what waits until it has been. Times are the centre's. */
export const noticeSchema = z.strictObject({
  /** Minutes after a notice reached somebody at which they are reminded, one after the other. */
  remindAfterMinutes: z.array(z.number().int().positive()).max(10).default([120, 480]),
  /** So long before their shift begins they are reminded once more; null: not. */
  remindBeforeShiftMinutes: z.number().int().positive().nullable().default(30),
  /** An agent with unread notices that must be read takes no conversation over and accepts no handover. */
  blockTakingOver: z.boolean().default(false),
  /** When the list of knowledge added and removed since the day before goes out; null: never. */
  dailyKnowledgeAt: timeOfDay.nullable().default('08:00'),
});

export type NoticePolicy = z.infer<typeof noticeSchema>;
