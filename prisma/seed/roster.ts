import { Temporal } from 'temporal-polyfill';
import { type Sql, uuidv7 } from '../client.ts';
import { insertAll } from './insert.ts';
import { DEMO_PEOPLE, type DemoPerson } from './people.ts';

/** From the day of seeding, this many days have their roster 排班. */
export const ROSTER_DAYS = 14;

/** A shift 班次 begins on its business date; the night shift just after midnight, the middle one ends at midnight. */
const SHIFTS = {
  early: { name: '早班', from: 8, hours: 8, night: false },
  middle: { name: '中班', from: 16, hours: 8, night: false },
  night: { name: '夜班', from: 0, hours: 8, night: true },
  office: { name: '日班', from: 9, hours: 9, night: false },
} as const;
type ShiftKind = keyof typeof SHIFTS;

// Three early, two middle, two night shifts, a day off after each kind: never less than 16 hours' rest between two.
const ROTA: readonly (ShiftKind | undefined)[] = [
  ...(['early', 'early', 'early', undefined, 'middle', 'middle', undefined] as const),
  ...(['night', 'night', undefined] as const),
];
const ROTA_EPOCH = Temporal.PlainDate.from('2026-06-10');

/** What the roster must know of the centre. */
export interface RosterSettings {
  timeZone: string;
  /** Whether the office works on that day. */
  isWorkday(date: Temporal.PlainDate): boolean;
}

export const defaultRosterSettings: RosterSettings = {
  timeZone: 'Asia/Shanghai',
  isWorkday: (date) => date.dayOfWeek <= 5,
};

/** The shift of this person on this date; undefined is a day off. The same answer whenever it is asked. */
export function shiftOn(
  person: Pick<DemoPerson, 'rota'>,
  date: Temporal.PlainDate,
  { isWorkday }: RosterSettings = defaultRosterSettings,
): ShiftKind | undefined {
  if (person.rota === undefined) return isWorkday(date) ? 'office' : undefined;
  const day = person.rota + ROTA_EPOCH.until(date).days;
  return ROTA[((day % ROTA.length) + ROTA.length) % ROTA.length];
}

/**
 * Fills the demo's roster up to ROSTER_DAYS from `now` (epoch ms) for the dates that have none yet, so that it may be
 * called at any time and as often as one likes. Dates with a roster stay as people have changed them.
 * @returns how many shifts were added
 */
export async function extendRoster(
  sql: Sql,
  now: number,
  settings: RosterSettings = defaultRosterSettings,
): Promise<number> {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(settings.timeZone)
    .toPlainDate();
  const dates = Array.from({ length: ROSTER_DAYS }, (_, i) => today.add({ days: i }));
  const staff = await sql.query<{ id: string; number: string; teamId: string }>({
    text: `SELECT id, number, team_id AS "teamId" FROM person WHERE demo AND active AND team_id IS NOT NULL`,
  });
  const planned = await sql.query<{ date: string }>({
    text: `SELECT DISTINCT business_date::text AS date FROM shift JOIN person p ON p.id = person_id
      WHERE p.demo AND business_date = ANY($1::date[])`,
    values: [dates.map(String)],
  });
  const done = new Set(planned.rows.map(({ date }) => date));
  const open = dates.filter((date) => !done.has(date.toString()));
  const rows = staff.rows.flatMap((person) => {
    const demo = DEMO_PEOPLE.find(({ number }) => number === person.number);
    return demo ? open.flatMap((date) => shiftRow(person, demo, date, settings, now)) : [];
  });
  return insertAll(sql, 'shift', rows);
}

function shiftRow(
  person: { id: string; teamId: string },
  demo: DemoPerson,
  date: Temporal.PlainDate,
  settings: RosterSettings,
  now: number,
) {
  const kind = shiftOn(demo, date, settings);
  if (!kind) return [];
  const { name, from, hours, night } = SHIFTS[kind];
  const start = date.toZonedDateTime({ timeZone: settings.timeZone, plainTime: { hour: from } });
  return [
    {
      ...{ id: uuidv7(now), person_id: person.id, team_id: person.teamId, business_date: date.toString() },
      ...{ name, night, starts_at: start.toInstant().toString() },
      ends_at: start.add({ hours }).toInstant().toString(),
    },
  ];
}
