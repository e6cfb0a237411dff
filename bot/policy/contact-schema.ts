import { z } from 'zod';
import { timeOfDay } from './values.ts';

const words = z.array(z.string().trim().min(1).max(20)).min(1);

/** What holds when we write first (RULEBOOK §2.13): opt-outs, quiet hours; and how long a linking code is good. */
export const contactSchema = z.strictObject({
  /** `to` before `from` runs past midnight. `none`: we may write at any hour. */
  quietHours: z
    .union([z.literal('none'), z.strictObject({ from: timeOfDay, to: timeOfDay })])
    .default({ from: '21:00', to: '08:00' }),
  /** A message that is one of these words and nothing else. The first of each is the one we name. */
  optOutWords: words.default(['退订', 'TD', 'T', 'STOP', 'UNSUBSCRIBE']),
  optInWords: words.default(['恢复', 'HF', 'START', 'UNSTOP']),
  /** How long a code that joins two channels, or a colleague's account, is good for. */
  linkMinutes: z.number().int().positive().max(60).default(10),
});

export type ContactPolicy = z.output<typeof contactSchema>;
