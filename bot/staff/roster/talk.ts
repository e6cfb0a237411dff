import { Temporal } from 'temporal-polyfill';
import { describeDate, describeSpan } from '../../dialog/dates/index.ts';
import { t } from '../../i18n/index.ts';
import { allowed } from '../../people/permissions.ts';
import { shiftsOf } from '../leave/facts.ts';
import { shiftText } from '../leave/words.ts';
import type { Talk } from '../talk.ts';
import { type DateWindow, loadDates, publishedThrough } from './dates.ts';
import { dutiesOf } from './duties.ts';
import { type Entry, entriesOf } from './entries.ts';
import { entriesLines, peopleLines } from './lines.ts';
import { whoIsOn } from './on-duty.ts';
import { type Period, periodIn } from './period.ts';
import { dutiesIn } from './spoken.ts';
import { loadRoster } from './store.ts';
import type { Duty } from './types.ts';
import { entriesFor, namesOf, rosterPeople } from './views.ts';
import { shiftName } from './words.ts';

const DAYS_SHOWN = 14;
const MOST_DAYS = 7;

const read = (text: string, { parts, turn }: Talk): Period => {
  const { timeZone, businessDayStartsAt } = parts.policy().policy.centre;
  return periodIn(text, turn.now, timeZone, businessDayStartsAt);
};

/** What can't be answered is asked back, with buttons that say the whole question. @returns false if nothing was said */
function askedBack({ ambiguous, problem }: Period, question: 'on' | 'mine' | 'team', talk: Talk): boolean {
  const { turn, locale, reader } = talk;
  if (problem) turn.say('answer', t(locale, 'roster.on_which'));
  if (!ambiguous) return problem !== undefined;
  const actions = ambiguous.choices.map((choice) => {
    const title = describeSpan(choice, locale, reader.today);
    return { title, value: t(locale, `roster.ask_${question}`, { when: title }) };
  });
  turn.say('choices', t(locale, 'roster.ask_when', { text: ambiguous.text }), { actions });
  return true;
}

/** 「我下周的班次」: one's own shifts of a week, a month, some days; without any what comes next. */
export async function showMyShifts(text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, parts } = talk;
  const period = read(text, talk);
  if (askedBack(period, 'mine', talk)) return;
  const { window } = period;
  if (!window) return showComing(talk);
  const { sql } = turn.unit;
  const shown = await entriesFor(sql, window, [person.id], parts.policy().policy.centre.timeZone);
  const when = windowText(window, talk);
  if (shown.length === 0)
    return turn.say('answer', await withEnd(t(locale, 'roster.mine_none', { when }), window, talk));
  const others = shown.flatMap(({ other }) => other ?? []);
  const names = await namesOf(sql, others);
  const list = shown.map((entry) => ownLine(entry, names, talk)).join('\n');
  turn.say('answer', await withEnd(t(locale, 'roster.mine', { when, list }), window, talk));
}

/** 我的班次: the next 14 days with their weekdays; what is on approved leave, or came by a swap, says so. */
async function showComing({ turn, person, locale, reader }: Talk): Promise<void> {
  const { today, timeZone } = reader;
  const end = today.add({ days: DAYS_SHOWN }).toZonedDateTime(timeZone).epochMilliseconds;
  const window = { from: turn.now, to: end, people: [person.id] };
  const [own, all] = [
    (await loadRoster(turn.unit.sql, window)).of(person.id),
    (await shiftsOf(turn.unit.sql, person.id, turn.now)).filter(({ startsAt }) => startsAt < end),
  ];
  if (all.length === 0) return turn.say('answer', t(locale, 'staff.shifts_none'));
  const list = all.flatMap((shift) => {
    const left = own.filter(
      (duty) => duty.shiftId === shift.id && duty.to > turn.now && duty.from < shift.endsAt,
    );
    if (left.length === 0) return [t(locale, 'staff.on_leave', { shift: shiftText(shift, reader) })];
    const texts = left.map((stretch) => shiftText(shift, reader, stretch));
    return shift.taken ? texts.map((text) => t(locale, 'staff.taken', { shift: text })) : texts;
  });
  turn.say('answer', t(locale, 'staff.shifts', { list: list.join('\n') }));
}

function ownLine(entry: Entry, names: Map<string, string>, talk: Talk): string {
  const { locale } = talk;
  const shift = dutyText(entry, talk);
  const { state, cause, other } = entry;
  if (state === 'away' && cause !== 'leave')
    return t(locale, 'roster.mine_away', { shift, why: t(locale, `roster.away_${cause ?? 'swap'}`) });
  if (state === 'away') return t(locale, 'staff.on_leave', { shift });
  if (state === 'taken' && other && names.has(other))
    return t(locale, 'roster.mine_taken', { shift, planned: names.get(other) ?? '' });
  return shift;
}

/** 「6月12日（周五）早班 08:00–16:00」, its hours those of the stretch. */
function dutyText(
  duty: Pick<Duty, 'shiftId' | 'businessDate' | 'name' | 'night' | 'startsAt' | 'endsAt' | 'from' | 'to'>,
  { reader, parts }: Talk,
) {
  const types = parts.policy().policy.roster.shifts;
  const name = shiftName(duty.name, { locale: reader.locale, types });
  return shiftText({ ...duty, id: duty.shiftId, name }, reader, duty);
}

/** 「现在谁在班」「明天夜班有谁」: of the whole centre, or of one's team where that is all one may read. */
export async function showOnDuty(text: string, talk: Talk): Promise<void> {
  const { turn, locale, parts } = talk;
  const { sql } = turn.unit;
  const period = read(text, talk);
  if (askedBack(period, 'on', talk)) return;
  if (!period.window) {
    const on = await whoIsOn(sql, turn.now, ownReach(talk));
    if (on.length === 0) return turn.say('answer', t(locale, 'roster.on_none_now'));
    const at = clockText(turn.now, talk);
    return turn.say('answer', t(locale, 'roster.on_now', { at, list: peopleLines(on, talk).join('\n') }));
  }
  const { policy } = parts.policy();
  const window = shortest(period.window);
  const facts = await loadDates(sql, earlier(window), policy.centre.timeZone);
  const { team, person } = ownReach(talk);
  const duties = dutiesIn(dutiesOf(facts.shifts, facts.overrides), { ...period, window }, policy).filter(
    (duty) => (!team || duty.teamId === team) && (!person || duty.personId === person),
  );
  const when = windowText(window, talk) + partText(period, talk);
  if (duties.length === 0)
    return turn.say('answer', await withEnd(t(locale, 'roster.on_none', { when }), window, talk));
  const list = (await entriesLines(duties, (duty) => dutyText(duty, talk), talk)).join('\n');
  turn.say('answer', t(locale, 'roster.on_then', { when, list }));
}

/** 「受理甲班明天的班表」: a team's roster by day, at most a week; without a name one's own team's, today's. */
export async function showTeamRoster(text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader, parts } = talk;
  const { sql } = turn.unit;
  const { rows: teams } = await sql.query<{ id: string; name: string }>({
    text: 'SELECT id, name FROM team ORDER BY length(name) DESC',
    values: [],
  });
  const named =
    teams.find(({ name }) => text.includes(name)) ?? teams.find(({ name }) => shortName(name, text));
  const team = named ?? teams.find(({ id }) => id === person.teamId);
  if (!team) return turn.say('answer', t(locale, 'roster.team_own_none'));
  if (allowed(person.role, 'roster.read') !== 'centre' && team.id !== person.teamId)
    return turn.say('unknown', t(locale, 'staff.forbidden', { what: t(locale, 'staff.what_teamRoster') }));
  const period = read(named ? text.replace(named.name, '') : text, talk);
  if (askedBack(period, 'team', talk)) return;
  const window = shortest(period.window ?? { from: `${reader.today}`, to: `${reader.today}` });
  const { timeZone } = parts.policy().policy.centre;
  const people = (await rosterPeople(sql, { team: team.id })).map(({ id }) => id);
  const facts = await loadDates(sql, { ...window, people }, timeZone);
  const duties = dutiesOf(facts.shifts, facts.overrides).filter(({ teamId }) => teamId === team.id);
  const when = windowText(window, talk);
  if (duties.length === 0)
    return turn.say(
      'answer',
      await withEnd(t(locale, 'roster.team_none', { team: team.name, when }), window, talk),
    );
  const lines = await entriesLines(duties, (duty) => dutyText(duty, talk), talk);
  const off = entriesOf(facts).filter(({ state, personId }) => state === 'away' && people.includes(personId));
  const names = await namesOf(
    sql,
    off.map(({ personId }) => personId),
  );
  const away = off.map(({ personId, cause, ...entry }) =>
    t(locale, 'roster.off_line', {
      ...{ person: names.get(personId) ?? '', shift: dutyText(entry, talk) },
      why: t(locale, `roster.away_${cause ?? 'leave'}`),
    }),
  );
  turn.say(
    'answer',
    t(locale, 'roster.team', { team: team.name, when, list: [...lines, ...away].join('\n') }),
  );
}

/** 甲班 for 受理甲班. */
const shortName = (name: string, text: string) => {
  const short = name.slice(-2);
  return /^\p{Script=Han}{2}$/u.test(short) && text.includes(short);
};

function ownReach({ person }: Talk): { team?: string; person?: string } {
  if (allowed(person.role, 'roster.read') === 'centre') return {};
  return person.teamId ? { team: person.teamId } : { person: person.id };
}

function shortest({ from, to }: DateWindow): DateWindow {
  const last = Temporal.PlainDate.from(from)
    .add({ days: MOST_DAYS - 1 })
    .toString();
  return { from, to: to < last ? to : last };
}

/** With the day before, whose night may run into the first. */
const earlier = ({ from, to }: DateWindow): DateWindow => ({
  from: Temporal.PlainDate.from(from).subtract({ days: 1 }).toString(),
  to,
});

function windowText({ from, to }: DateWindow, { locale, reader }: Talk): string {
  const date = (iso: string) => describeDate(Temporal.PlainDate.from(iso), locale, reader.today);
  return from === to ? date(from) : t(locale, 'dates.range', { from: date(from), to: date(to) });
}

function partText({ span }: Period, { locale }: Talk): string {
  const gap = locale === 'en' ? ' ' : '';
  if (span?.shift) return gap + t(locale, `dates.shift_${span.shift}`);
  if (span?.time) return gap + span.time.from.toString({ smallestUnit: 'minute' });
  return span?.part ? gap + t(locale, `dates.part_${span.part}`) : '';
}

function clockText(instant: number, { reader }: Talk): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(reader.timeZone);
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Beyond the published roster no answer is no news: it says so. */
async function withEnd(said: string, { to }: DateWindow, { turn, locale, reader }: Talk): Promise<string> {
  const through = await publishedThrough(turn.unit.sql);
  if (through === undefined || to <= through) return said;
  const date = describeDate(Temporal.PlainDate.from(through), locale, reader.today);
  return `${said}\n${t(locale, 'roster.through', { date })}`;
}
