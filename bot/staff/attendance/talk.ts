import { namesIn } from '../../dialog/names.ts';
import { t } from '../../i18n/index.ts';
import { everybody } from '../../people/directory.ts';
import { allowed } from '../../people/permissions.ts';
import type { Talk } from '../talk.ts';
import { askAway, type DeskLeave, returnToDesk } from './away.ts';
import { excuseBreach } from './breach.ts';
import { explainFinding } from './explain.ts';
import { atDesk } from './record.ts';
import { openRollCall } from './roll-call.ts';
import { sayRollCard } from './roll-card.ts';
import { judgeDeparture } from './rules.ts';
import { signOff, signOn } from './sign.ts';
import { readAway, readExcuse } from './understand.ts';
import { clockText, spokenDuty } from './words.ts';

/** 签到: for the shift that is theirs now, or soon. */
export async function signOnTyped(_text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const sign = { at: turn.now, how: 'self' } as const;
  const { kind, record, findings } = await signOn(turn.unit, parts, person.id, sign, turn.now);
  const { opensMinutes: minutes } = parts.policy().policy.attendance;
  if (!record) return turn.say('answer', t(locale, 'attendance.on_none', { minutes }));
  const said = { shift: spokenDuty(record, talk), at: clockText(record.onAt ?? turn.now, reader) };
  if (kind === 'repeat')
    return turn.say(
      'answer',
      t(locale, record.onAt === null ? 'attendance.on_absent' : 'attendance.on_repeat', said),
    );
  // Who is late need not read that they missed the roll call, too.
  const noted = findings.find(({ result }) => result !== 'pass');
  const lines = [t(locale, 'attendance.on_done', said), ...(noted ? [explainFinding(noted, locale)] : [])];
  turn.say('answer', lines.join('\n'));
}

const SURE = /确认|confirm/iu;

/** 签退; before the shift's end only once that is confirmed. */
export async function signOffTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const desk = await atDesk(turn.unit.sql, person.id);
  if (!desk) return turn.say('answer', t(locale, 'attendance.off_none'));
  const early = judgeDeparture({ to: desk.dueTo }, turn.now, parts.policy().policy.attendance);
  if (early.result !== 'pass' && !SURE.test(text)) {
    const title = t(locale, 'attendance.off_confirm');
    const asked = t(locale, 'attendance.off_early', {
      ...{ minutes: early.minutes, shift: spokenDuty(desk, talk) },
    });
    return turn.say('choices', asked, { actions: [{ title, value: title, style: 'danger' }] });
  }
  const sign = { at: turn.now, how: 'self' } as const;
  const { kind, record, findings } = await signOff(turn.unit, parts, person.id, sign, turn.now);
  const noted = findings.find(({ result }) => result !== 'pass');
  if (kind === 'refused' && noted) {
    const why = [explainFinding(noted, locale), t(locale, 'attendance.off_refused')];
    return turn.say('answer', why.join('\n'));
  }
  if (!record) return turn.say('answer', t(locale, 'attendance.off_none'));
  const said = { shift: spokenDuty(record, talk), at: clockText(turn.now, reader) };
  const lines = [t(locale, 'attendance.off_done', said), ...(noted ? [explainFinding(noted, locale)] : [])];
  turn.say('answer', lines.join('\n'));
}

/** 「离席15分钟，取快递」: asks the leader; the time runs once it is permitted. */
export async function askAwayTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  // What stands after `/away` is only how long and why.
  const read = readAway(text) ?? readAway(`离席${text}`);
  const { usualMinutes } = parts.policy().policy.attendance.away;
  const wish = { person, minutes: read?.minutes ?? usualMinutes, reason: read?.reason ?? '' };
  const asked = await askAway(turn.unit, parts, wish, turn.now);
  if ('refused' in asked) {
    const { rule } = asked.refused;
    const how = t(locale, rule === 'permission' ? 'attendance.away_not_on' : 'attendance.away_too_long');
    return turn.say('answer', `${explainFinding(asked.refused, locale)}\n${how}`);
  }
  if ('open' in asked) {
    const key = asked.open.state === 'asked' ? 'attendance.away_waits' : 'attendance.away_open';
    return turn.say('answer', t(locale, key));
  }
  turn.say('answer', t(locale, 'attendance.away_asked', { minutes: asked.asked.minutes }));
}

/** 「回来了」 said of the desk. @returns false where they were not away from it */
export async function backAtDesk(talk: Talk): Promise<boolean> {
  const { turn, parts, person, locale } = talk;
  const back = await returnToDesk(turn.unit, parts, person.id, turn.now);
  if (back) turn.say('answer', backText(back, talk, locale));
  return back !== undefined;
}

function backText({ state, overMinutes }: DeskLeave, { reader, turn }: Talk, locale: Talk['locale']): string {
  if (state === 'withdrawn') return t(locale, 'attendance.away_withdrawn');
  const at = clockText(turn.now, reader);
  if (overMinutes === 0) return t(locale, 'attendance.back_in_time', { at });
  return t(locale, 'attendance.back_over', { at, minutes: overMinutes });
}

/** 「回座位」, which means nothing but the desk. */
export async function backTyped(_text: string, talk: Talk): Promise<void> {
  if (!(await backAtDesk(talk))) talk.turn.say('answer', t(talk.locale, 'attendance.back_none'));
}

/** 点名: the list that is open. */
export async function rollCallTyped(_text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, parts } = talk;
  const centre = allowed(person.role, 'attendance.manage') === 'centre';
  const call = await openRollCall(turn.unit.sql, centre ? undefined : (person.teamId ?? person.id));
  const { minutes } = parts.policy().policy.attendance.rollCall;
  if (!call) return turn.say('answer', t(locale, 'attendance.roll_none', { minutes }));
  await sayRollCard(call, talk, t(locale, 'attendance.roll_now'), 'answer');
}

/** 「免计周晓彤：地铁故障」: a breach with an excuse does not count; the reason goes on record. */
export async function excuseTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const read = readExcuse(text) ?? readExcuse(`免计${text}`);
  if (!read) return turn.say('answer', t(locale, 'attendance.excuse_whom'));
  const named = namesIn(read.who, await everybody(turn.unit.sql))[0]?.people ?? [];
  const [whom, ...more] = named;
  if (!whom || more.length > 0) return turn.say('answer', t(locale, 'attendance.excuse_whom'));
  const { name } = whom;
  if (!read.note) return turn.say('answer', t(locale, 'attendance.excuse_why', { name }));
  const excuse = { personId: whom.id, by: person, note: read.note };
  const done = await excuseBreach(turn.unit, parts, excuse, turn.now);
  if ('refused' in done) return turn.say('answer', t(locale, `attendance.excuse_${done.refused}`, { name }));
  const { kind, minutes } = done.excused;
  const what = t(locale, `attendance.breach_${kind}`, { minutes });
  turn.say('answer', t(locale, 'attendance.excuse_done', { name, what, note: read.note }));
}
