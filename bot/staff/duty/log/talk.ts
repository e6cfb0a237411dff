import { t } from '../../../i18n/index.ts';
import { may } from '../../../people/permissions.ts';
import { LOG_SECTIONS } from '../../../policy/schema.ts';
import { button } from '../../handover/card.ts';
import { pastSpan } from '../../past.ts';
import type { Talk } from '../../talk.ts';
import { loadDay } from './figures.ts';
import { keeps, type LogKept, signLog, writeLog } from './keep.ts';
import { type LogSaid, readLog } from './read.ts';
import { type DutyLogRecord, logById, logsBetween, openLog } from './record.ts';
import { businessDate, dayOf } from './rules.ts';
import { logTeams, type Team } from './teams.ts';
import { dateText, logButtons, logCard, titleOf } from './words.ts';

/** What is said about the duty log; with no such sentence (`/dutylog`), or only a day, it is shown. */
export async function talkLog(text: string, talk: Talk): Promise<void> {
  const { turn, locale, parts } = talk;
  const said = readLog(text) ?? { do: 'show' as const, when: text };
  const { characters: max } = parts.policy().policy.dutyLog;
  if (said.do === 'write' && said.text.length > max)
    return turn.say('answer', t(locale, 'dutylog.too_long', { max }));
  const date = dateMeant(said.when, talk);
  if (date === undefined) return turn.say('answer', t(locale, 'dutylog.when'));
  const team = await teamMeant(said, date, talk);
  if (!team) return;
  if (said.do === 'write') return write(said, team, date, talk);
  return said.do === 'sign' ? sign(team, date, talk) : show(team, date, talk);
}

/** The day that is meant: the business day that goes on, where none is named; undefined: words that name no day. */
function dateMeant(when: string, { turn, parts }: Talk): string | undefined {
  const { timeZone, businessDayStartsAt } = parts.policy().policy.centre;
  const today = businessDate(turn.now, timeZone, businessDayStartsAt);
  // 今天 at three in the morning is the day that the night shift belongs to.
  if (/^(?:今天|今日|当天|today)?$/iu.test(when)) return today;
  const span = pastSpan(when, turn.now, timeZone);
  if (span) return span.from.toString();
  // A team's name alone.
  return /班|组|team/iu.test(when) ? today : undefined;
}

/** One's own team; for managers the one that is named, or that they choose. */
async function teamMeant(said: LogSaid, date: string, talk: Talk): Promise<Team | undefined> {
  const { turn, person, locale, reader, parts } = talk;
  const teams = await logTeams(turn.unit.sql, parts.policy().policy.dutyLog.jobTypes);
  const named = teams.filter(({ name }) => said.when.includes(name));
  const own = teams.find(({ id }) => id === person.teamId);
  const [team] = named.length > 0 ? named : own ? [own] : [];
  if (team && may(person, 'dutylog.read', { personId: '', teamId: team.id })) return team;
  if (team) turn.say('answer', t(locale, 'dutylog.not_yours'));
  else {
    const able = teams.filter(({ id }) => may(person, 'dutylog.read', { personId: '', teamId: id }));
    const actions = able.map((each) => button(titleOf({ teamName: each.name, date }, reader)));
    const ask = actions.length > 0 ? 'dutylog.which_team' : 'dutylog.not_yours';
    turn.say('choices', t(locale, ask), actions.length > 0 ? { actions } : {});
  }
  return undefined;
}

async function show(team: Team, date: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader, parts } = talk;
  const [known] = await logsBetween(turn.unit.sql, team.id, { from: date, to: date });
  const { timeZone } = parts.policy().policy.centre;
  const today = businessDate(turn.now, timeZone, '00:00');
  const record =
    known ?? (date <= today && keeps(person, team.id) ? await opened(team, date, talk) : undefined);
  if (!record)
    return turn.say('answer', t(locale, 'dutylog.none', { team: team.name, date: dateText(date, reader) }));
  await sayLog(record, talk, titleOf(record, reader));
}

const opened = ({ id }: Team, date: string, { turn }: Talk) => openLog(turn.unit, id, date, turn.now);

/** Says a log whole, with what this colleague can do next. */
export async function sayLog(record: DutyLogRecord, talk: Talk, text: string): Promise<void> {
  const { turn, person, reader, parts } = talk;
  const { timeZone } = parts.policy().policy.centre;
  const day = { ...record, ...dayOf(record.date, timeZone) };
  const figures = record.figures ?? (await loadDay(turn.unit.sql, day, parts.handover, turn.now));
  const buttons = logButtons(record, keeps(person, record.teamId), reader);
  turn.say('answer', text, { card: { ...logCard(record, figures, reader), buttons } });
}

async function write(
  { section, text, when }: Extract<LogSaid, { do: 'write' }>,
  team: Team,
  date: string,
  talk: Talk,
): Promise<void> {
  const { turn, parts, person, locale } = talk;
  if (!section) {
    const actions = LOG_SECTIONS.map((each) => {
      const label = t(locale, `dutylog.section_${each}`);
      return { title: label, value: t(locale, 'dutylog.which_button', { when, section: label, text }) };
    });
    return turn.say('choices', t(locale, 'dutylog.which_section'), { actions });
  }
  const writing = { by: person, teamId: team.id, date, section, text };
  await said(await writeLog(turn.unit, parts, writing, turn.now), 'dutylog.written', talk);
}

async function sign(team: Team, date: string, talk: Talk): Promise<void> {
  const { turn, parts, person } = talk;
  const kept = await signLog(turn.unit, parts, { by: person, teamId: team.id, date }, turn.now);
  await said(kept, 'dutylog.signed', talk);
}

/** What came of it, with the log; or why not. */
async function said(kept: LogKept, done: 'dutylog.written' | 'dutylog.signed', talk: Talk): Promise<void> {
  const { turn, locale, reader } = talk;
  if ('refused' in kept) {
    const labels = kept.missing.map((section) => t(locale, `dutylog.section_${section}`));
    const missing = labels.join(t(locale, 'leave.list_separator'));
    return turn.say('answer', t(locale, `dutylog.refused_${kept.refused}`, { missing }));
  }
  const record = await logById(turn.unit.sql, kept.record.id);
  if (record) await sayLog(record, talk, t(locale, done, { log: titleOf(record, reader) }));
}
