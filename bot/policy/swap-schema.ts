import { z } from 'zod';

/** Weight of a swap rule that is not met: `warn` is shown to the leaders, `needsManager` stands on their card as theirs to consent to. */
export const swapSeverity = z.enum(['pass', 'warn', 'needsManager', 'refuse']);
export type SwapSeverity = z.infer<typeof swapSeverity>;

const weight = (usual: SwapSeverity) => swapSeverity.default(usual);
const count = z.number().int().nonnegative();

/** Shift swap 换班, RULEBOOK §4 shift swap 1–7 with the readings of §7. Every part has the rule book's default. */
export const swapSchema = z.strictObject({
  /** Clause 1: the reason that must be stated. */
  reason: z
    .strictObject({
      min: count.default(2),
      max: z.number().int().positive().default(200),
      missing: weight('refuse'),
    })
    .prefault({}),
  /** Hours before either shift begins by which all must have agreed; later it expires. A choice of the product. */
  notice: z.strictObject({ hours: z.number().nonnegative().default(4), late: weight('refuse') }).prefault({}),
  /** Whoever must still decide is reminded so many hours before it expires, once. A choice of the product. */
  remind: z.strictObject({ hours: z.number().nonnegative().default(2) }).prefault({}),
  /** Clause 2: swaps per person and month of the business date. */
  quota: z
    .strictObject({
      perMonth: count.default(2),
      partnerCounts: z.boolean().default(true),
      returnCounts: z.boolean().default(false),
      over: weight('refuse'),
    })
    .prefault({}),
  /** Clause 2: a swapped shift next to another one of either party's, or one that is swapped on 连续换班. */
  consecutive: z.strictObject({ found: weight('refuse') }).prefault({}),
  /** Clause 2: two shifts with less than this between them are back to back 连班. */
  backToBack: z.strictObject({ minutes: count.default(60), found: weight('refuse') }).prefault({}),
  /** RULEBOOK §7: rest between shifts. */
  rest: z.strictObject({ hours: z.number().nonnegative().default(8), short: weight('refuse') }).prefault({}),
  /** Clause 3: same job type 工种. */
  jobType: z.strictObject({ different: weight('refuse') }).prefault({}),
  /** Clause 3: comparable grade. Who covers may stand higher, with both leaders' consent; never lower. */
  grade: z.strictObject({ higher: weight('needsManager'), lower: weight('refuse') }).prefault({}),
  /** Clause 4: a leave on a shift that is swapped, or in the days of one that is taken on. */
  leave: z.strictObject({ clash: weight('refuse') }).prefault({}),
  /** Clause 5: people on duty on public holidays; beyond the holiday table a person must decide. */
  holidays: z
    .strictObject({
      weekends: z.boolean().default(false),
      makeUpWorkdays: z.boolean().default(false),
      onDuty: weight('refuse'),
      unknown: weight('needsManager'),
    })
    .prefault({}),
  /** Clause 7: a swap has its return shift 还班; without one it is given away 让班. */
  return: z
    .strictObject({
      withinDays: z.number().int().positive().default(31),
      later: weight('refuse'),
      none: weight('needsManager'),
    })
    .prefault({}),
  /** Shifts that nobody has 缺班: whether the team's leader confirms who takes one, how many are asked at most. */
  open: z
    .strictObject({
      leaderConfirms: z.boolean().default(true),
      tell: z.number().int().positive().default(20),
    })
    .prefault({}),
});
export type SwapPolicy = z.infer<typeof swapSchema>;
