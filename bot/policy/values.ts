import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { ROLES } from '../people/permission-table.ts';

/** A text in every language that the centre speaks to people. */
export const localised = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
export type Localised = z.infer<typeof localised>;

/** Time of day on the centre's clock, `HH:MM`. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as HH:MM');

/** A calendar date, `YYYY-MM-DD`, that exists. */
export const calendarDate = z.string().refine(isDate, 'write a date that exists as YYYY-MM-DD');

/** An IANA zone such as Asia/Shanghai. */
export const timeZone = z.string().refine(isZone, 'is not a time zone of the IANA list');

/** An identifier used in code, data and URLs. */
export const slug = z.string().regex(/^[a-z][a-z0-9_]*$/, 'use a-z, 0-9 and _ and begin with a letter');

/** A person's role, RULEBOOK §1: the list belongs to the permission table. */
export const role = z.enum(ROLES);
export type { Role } from '../people/permission-table.ts';

/**
 * Weight of a rule that is not met: `refuse` ends the request, `needsManager` asks for consent with a reason, `warn`
 * is shown to whoever asks and whoever decides.
 */
export const severity = z.enum(['pass', 'warn', 'needsManager', 'refuse']);
export type Severity = z.infer<typeof severity>;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

function isZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}
