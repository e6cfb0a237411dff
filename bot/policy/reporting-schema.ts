import { z } from 'zod';

export const URGENCIES = ['ordinary', 'urgent', 'emergency'] as const;
export type Urgency = (typeof URGENCIES)[number];

const minutes = z.number().int().positive().max(10_080);
const perUrgency = (ordinary: number, urgent: number, emergency: number) =>
  z.strictObject({
    ordinary: minutes.default(ordinary),
    urgent: minutes.default(urgent),
    emergency: minutes.default(emergency),
  });

/** Reporting up 请示汇报, RULEBOOK §4. Minutes are natural time. */
export const reportingSchema = z.strictObject({
  /** What may skip levels; everything else goes level by level. */
  maySkip: z.array(z.enum(URGENCIES)).default(['emergency']),
  /** What may be reported without a suggestion for handling. */
  withoutSuggestion: z.array(z.enum(URGENCIES)).default([]),
  /** Whoever is asked is reminded each time so much has passed without an answer. */
  remindAfterMinutes: perUrgency(120, 30, 10).prefault({}),
  reminders: z.number().int().nonnegative().max(20).default(3),
  /** Without an answer for so long, the level above may answer in their place. */
  escalateAfterMinutes: perUrgency(480, 60, 20).prefault({}),
  /** Those who were skipped are told with the instruction, or after so long without one. */
  tellSkippedAfterMinutes: z.number().int().nonnegative().max(10_080).default(30),
  /** Whoever has to acknowledge an instruction is reminded once. */
  acknowledgeAfterMinutes: minutes.default(30),
  /** Length of what is written: the matter, the suggestion, an instruction. */
  characters: z
    .strictObject({ min: z.number().int().positive(), max: z.number().int().positive().max(2000) })
    .default({ min: 2, max: 1000 }),
  /** What counts as an incident 突发事件 in handovers and the duty log. */
  incidents: z.array(z.enum(URGENCIES)).default(['urgent', 'emergency']),
});

export type ReportingPolicy = z.output<typeof reportingSchema>;
