import { z } from 'zod';
import { isTextKey, type TextKey } from '../i18n/index.ts';
import { role, severity, timeOfDay } from './values.ts';

/**
 * Kinds of leave 请假类别: personal 事假, special personal 特殊事假, sick 病假, official business 公出,
 * outside study 外出学习 (RULEBOOK §4).
 */
export const LEAVE_KINDS = ['personal', 'special', 'sick', 'official', 'study'] as const;
export const leaveKind = z.enum(LEAVE_KINDS);
export type LeaveKind = z.infer<typeof leaveKind>;

const quoteKey = z.custom<TextKey>(
  (key) => typeof key === 'string' && isTextKey(key),
  'is no text in bot/i18n',
);

const common = {
  /** Name of the rule, unique in the list. */
  id: z.string().min(1),
  /** Where the rule stands: `leave.5` is clause 5 of RULEBOOK §4 leave, `product` our own choice. */
  clause: z
    .string()
    .regex(
      /^(?:(?:leave|swap)\.\d+|product)$/,
      'name the clause as leave.<number>, swap.<number> or product',
    ),
  /** The clause in words, shown with a refusal. */
  quote: quoteKey,
  kinds: z.array(leaveKind).min(1),
  /** Whose consent counts where the rule says `needsManager`. */
  managers: z.array(role).default(['department_head']),
};

/** At least `hours` before the first shift missed begins. `late` from then on, `over` once it has ended. */
const notice = z.strictObject({
  ...common,
  primitive: z.literal('notice'),
  hours: z.number().nonnegative(),
  late: severity,
  over: severity,
});

/** Before a time of day on the day of the shift: the night rule 夜班. */
const cutOff = z.strictObject({
  ...common,
  primitive: z.literal('cutOff'),
  shifts: z.literal('night'),
  time: timeOfDay,
  /** A shift that starts before this hour belongs to the night before: its cut-off is a calendar day earlier. */
  previousDayIfStartsBefore: timeOfDay,
  inTime: severity,
  late: severity,
});

/** Days on which leave is not given: public holidays 节假日. */
const blackout = z.strictObject({
  ...common,
  primitive: z.literal('blackout'),
  weekends: z.boolean(),
  makeUpWorkdays: z.boolean(),
  hours: z.number().nonnegative(),
  inTime: severity,
  late: severity,
  /** Beyond the end of the holiday table nobody knows: a person must decide. */
  unknown: severity,
});

/** Asked for by the absent person: `byOther` weighs a request made by a colleague. */
const ownRequest = z.strictObject({ ...common, primitive: z.literal('ownRequest'), byOther: severity });

/** Not together with another leave on the same shift. */
const exclusion = z.strictObject({ ...common, primitive: z.literal('exclusion'), overlap: severity });

/** Not on a shift that came by a swap or a gift, or is the return shift of one (§4 swap 4). */
const taken = z.strictObject({ ...common, primitive: z.literal('taken'), taken: severity });

export const leaveRule = z.discriminatedUnion('primitive', [
  notice,
  cutOff,
  blackout,
  ownRequest,
  exclusion,
  taken,
]);
export type LeaveRule = z.infer<typeof leaveRule>;
export type RuleOf<P extends LeaveRule['primitive']> = Extract<LeaveRule, { primitive: P }>;

/** One step of the table "how many days → who decides". Without `upToDays` the band is open upwards. */
const band = z.strictObject({
  kinds: z.array(leaveKind).min(1),
  upToDays: z.number().positive().optional(),
  levels: z.array(role).min(1),
});

export const leaveSchema = z
  .strictObject({
    rules: z.array(leaveRule),
    bands: z.array(band),
    /** Several requests in a row of these kinds count together for the bands, RULEBOOK §7. */
    countTogether: z.array(leaveKind),
    /** These kinds count calendar days; the others count the days with a shift, RULEBOOK §7. */
    calendarDays: z.array(leaveKind),
    informed: z.array(role),
    /** Post added to the ladder when a public holiday is touched. */
    holidayLevel: role.optional(),
    certificate: z.strictObject({
      kinds: z.array(leaveKind),
      fromDays: z.number().positive(),
      emergencyExempt: z.boolean(),
      dueDaysAfter: z.number().int().nonnegative(),
    }),
    // Policies written before these were sections keep to their defaults.
    approval: z
      .strictObject({
        /** An approver is reminded each time so many hours have passed, `reminders` times at most. */
        remindAfterHours: z.number().positive().default(4),
        reminders: z.number().int().nonnegative().default(3),
        /** Then the post above may decide in their place, too. */
        escalateAfterHours: z.number().positive().default(24),
        /** A deputy stands in while the approver is on leave, or off duty for longer than this. */
        deputyAfterOffHours: z.union([z.literal('never'), z.number().positive()]).default(72),
      })
      .prefault({}),
    /** Leave that ended this long ago without reporting back 销假 is shown to the shift leader. */
    return: z.strictObject({ overdueHours: z.number().nonnegative().default(24) }).prefault({}),
    balances: z
      .strictObject({
        mode: z.enum(['none', 'ledger']).default('none'),
        /** What a request weighs that goes beyond what is left of the year. */
        over: severity.default('needsManager'),
        kinds: z
          .array(z.strictObject({ kind: leaveKind, daysPerYear: z.number().nonnegative() }))
          .default([]),
      })
      .prefault({}),
    parts: z.strictObject({
      beforeDawn: z.tuple([timeOfDay, timeOfDay]),
      morning: z.tuple([timeOfDay, timeOfDay]),
      afternoon: z.tuple([timeOfDay, timeOfDay]),
      evening: z.tuple([timeOfDay, timeOfDay]),
    }),
    maxDaysAhead: z.number().int().positive(),
    maxDays: z.number().int().positive(),
    reasonCharacters: z.strictObject({ min: z.number().int().positive(), max: z.number().int().positive() }),
  })
  .superRefine((leave, context) => {
    const ids = new Set<string>();
    for (const [index, rule] of leave.rules.entries()) {
      if (ids.has(rule.id)) problem(context, ['rules', index, 'id'], `is used twice: ${rule.id}`);
      ids.add(rule.id);
    }
    for (const kind of LEAVE_KINDS) checkBands(leave.bands, kind, context);
  });
export type LeavePolicy = z.infer<typeof leaveSchema>;

/** A longer leave climbs the same ladder further: otherwise a day more could need fewer signatures. */
function checkBands(bands: z.infer<typeof band>[], kind: LeaveKind, context: z.RefinementCtx): void {
  const mine = bands.flatMap((entry, index) => (entry.kinds.includes(kind) ? [{ ...entry, index }] : []));
  if (mine.at(-1)?.upToDays !== undefined || mine.length === 0) {
    problem(context, ['bands'], `the last band of ${kind} must be open upwards (leave out upToDays)`);
  }
  for (const [place, current] of mine.entries()) {
    const before = mine[place - 1];
    if (!before) continue;
    if (before.upToDays === undefined || (current.upToDays ?? Infinity) <= before.upToDays) {
      problem(context, ['bands', current.index], `bands of ${kind} must rise by upToDays`);
    }
    if (before.levels.some((level, rank) => current.levels[rank] !== level)) {
      problem(context, ['bands', current.index, 'levels'], `must begin with the levels of the band below it`);
    }
  }
}

function problem(context: z.RefinementCtx, path: (string | number)[], message: string): void {
  context.addIssue({ code: 'custom', path, message });
}
