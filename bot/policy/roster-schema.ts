import { z } from 'zod';
import { localised, slug, timeOfDay } from './values.ts';

const shiftType = z.strictObject({
  id: slug,
  /** The Chinese name is the one that is stored with each shift and stands in files. */
  name: localised,
  /** When it begins on its business date. */
  from: timeOfDay,
  /** A shift is at most a day long. */
  hours: z.number().positive().max(24),
  night: z.boolean().default(false),
});
export type ShiftType = z.output<typeof shiftType>;

/** A cycle of days: ids of shifts, or `off`. */
const rotation = z.strictObject({ id: slug, name: localised, cycle: z.array(slug).min(1).max(60) });

export const OFF = 'off';

const SHIFTS = [
  { id: 'early', name: { 'zh-CN': '早班', en: 'Early' }, from: '08:00', hours: 8 },
  { id: 'middle', name: { 'zh-CN': '中班', en: 'Middle' }, from: '16:00', hours: 8 },
  { id: 'night', name: { 'zh-CN': '夜班', en: 'Night' }, from: '00:00', hours: 8, night: true },
  { id: 'office', name: { 'zh-CN': '日班', en: 'Office' }, from: '09:00', hours: 9 },
];
const THREE_SHIFTS = {
  id: 'three_shifts',
  name: { 'zh-CN': '三班倒', en: 'Three shifts' },
  cycle: ['early', 'early', 'early', OFF, 'middle', 'middle', OFF, 'night', 'night', OFF],
};

/** The roster 排班: shifts, rotations, rest, and how many people a contact volume needs. */
export const rosterSchema = z
  .strictObject({
    shifts: z.array(shiftType).min(1).prefault(SHIFTS),
    /** What stands in a file for a day off, besides an empty cell. */
    offWords: z.array(z.string().trim().min(1).max(10)).default(['休', '休息', 'off']),
    rotations: z.array(rotation).default([THREE_SHIFTS]),
    /** Rest between two shifts (RULEBOOK §7); less is a warning that a leader may pass over. */
    restHours: z.number().nonnegative().default(8),
    /** Required headcount per hour: Erlang C, bot/staff/roster/erlang.ts. */
    required: z
      .strictObject({
        /** This part of the contacts is taken up within `withinSeconds`. */
        serviceLevel: z.number().gt(0).lt(1).default(0.8),
        withinSeconds: z.number().positive().default(20),
        /** Average handling time where the past weeks have none of their own. */
        handleSeconds: z.number().positive().default(300),
        /** Contacts that one person serves at once. */
        atOnce: z.number().min(1).default(1),
        /** The part of a shift that goes to breaks, training and the like. */
        shrinkage: z.number().min(0).lt(1).default(0),
        /** How many past weeks the volume is averaged over. */
        weeks: z.number().int().min(1).max(26).default(4),
      })
      .prefault({}),
  })
  .superRefine(({ shifts, rotations }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const names = shifts.flatMap(({ id, name }) => [id, name['zh-CN']]);
    if (new Set(names).size < names.length) fault(['shifts'], 'each id and each name may be used once');
    const ids = new Set([OFF, ...shifts.map(({ id }) => id)]);
    for (const [index, { cycle }] of rotations.entries()) {
      const unknown = cycle.find((id) => !ids.has(id));
      if (unknown) fault(['rotations', index, 'cycle'], `no shift has the id ${unknown}`);
    }
  });
export type RosterPolicy = z.output<typeof rosterSchema>;
