import { z } from 'zod';
import { namesIn } from '../../dialog/names.ts';
import { isAppError } from '../../errors.ts';
import { t } from '../../i18n/index.ts';
import { everybody, peopleById } from '../../people/directory.ts';
import { LEAVE_KINDS } from '../../policy/schema.ts';
import type { Talk } from '../talk.ts';
import { balancesOf } from './balance.ts';
import { adjustLedger } from './ledger.ts';
import type { Balance, LeaveKind } from './types.ts';

/** Words of an adjustment; who is meant is still to be found. */
export interface AdjustmentSaid {
  readonly who: string;
  readonly kind: LeaveKind;
  /** Undefined: this year. */
  readonly year?: number;
  readonly days: number;
  readonly note: string;
}

const KINDS: Readonly<Record<string, LeaveKind>> = {
  ...{ 特殊事假: 'special', 事假: 'personal', 病假: 'sick', 公出: 'official', 外出学习: 'study' },
  ...{ personal: 'personal', special: 'special', sick: 'sick', official: 'official', study: 'study' },
};
const ZH =
  /^(?:调整|修改)\s*(?<who>[\u4e00-\u9fff]{2,4}?|\d{3,8})\s*的?\s*(?:(?<year>20\d\d)\s*年的?)?\s*(?<kind>特殊事假|事假|病假|公出|外出学习)余额\s*(?<sign>[+-]|加|减)\s*(?<days>\d{1,3}(?:\.\d{1,2})?)\s*天?(?:[\s:,。;]+(?<note>.{2,200}))?$/u;
const EN =
  /^adjust (?<who>[a-z]+(?: [a-z]+)?|[\u4e00-\u9fff]{2,4}|\d{3,8})(?:['’]s)? (?:(?<year>20\d\d) )?(?<kind>personal|special|sick|official|study)(?: leave)?(?: balance)? (?<sign>[+-])(?<days>\d{1,3}(?:\.\d{1,2})?)(?: days?)?(?:[\s:,;]+(?<note>.{2,200}))?$/iu;

/** Reads 「调整1001的事假余额 +2 天：去年结转」. Pure; undefined: it says something else, or not all. */
export function readAdjustment(text: string): AdjustmentSaid | undefined {
  const said = text.normalize('NFKC').replaceAll('−', '-').trim();
  const found = (ZH.exec(said) ?? EN.exec(said))?.groups;
  const kind = KINDS[found?.kind?.toLowerCase() ?? ''];
  const days = Number(found?.days) * (found?.sign === '-' || found?.sign === '减' ? -1 : 1);
  if (!found?.who || !kind || !found.note || !days) return undefined;
  return { who: found.who, kind, days, note: found.note.trim(), ...(found.year && { year: +found.year }) };
}

const yearNow = ({ reader }: Talk) => reader.today.year;

/** A leader adjusts a colleague's days. */
export async function adjustTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const said = readAdjustment(text);
  if (!said) return turn.say('answer', t(locale, 'leave.adjust_unread'));
  const [mention] = namesIn(said.who, await everybody(turn.unit.sql), { ...person, id: '' });
  const [whom, ...more] = mention?.people ?? [];
  if (!whom) return turn.say('answer', t(locale, 'staff.whom_unknown', { name: said.who }));
  if (more.length > 0) {
    const actions = (mention?.people ?? []).slice(0, 6).map(({ name, number }) => ({
      ...{ title: `${name}（${number}）`, value: text.replace(said.who, number) },
    }));
    return turn.say('choices', t(locale, 'staff.which_colleague'), { actions });
  }
  const { kind, year = yearNow(talk), days, note } = said;
  const asked = { personId: whom.id, kind, year, days, note };
  try {
    const left = await adjustLedger(turn.unit, parts, asked, { by: person.id, now: turn.now });
    const words = { person: whom.name, days: signed(days), ...wordsOf(left, talk) };
    turn.say('answer', t(locale, 'leave.adjusted', words));
  } catch (error) {
    // Both come before anything is written.
    if (isAppError(error, 'forbidden')) return turn.say('answer', t(locale, 'leave.adjust_own'));
    if (isAppError(error, 'not_allowed_now')) return turn.say('answer', t(locale, 'leave.ledger_none'));
    throw error;
  }
}

/** 假期余额: what is left of one's own days. */
export async function showBalances(_text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const all = await balancesOf(turn.unit.sql, person.id, parts.policy().policy, [yearNow(talk)]);
  if (all.length === 0) return turn.say('answer', t(locale, 'leave.ledger_none'));
  const list = all.map((each) => t(locale, 'leave.balance_line', wordsOf(each, talk))).join('\n');
  turn.say('answer', t(locale, 'leave.balances', { list }));
}

const word = z.object({
  ...{ kind: z.enum(LEAVE_KINDS), year: z.number(), days: z.number(), note: z.string(), by: z.uuid() },
});

/** Tells a colleague what a leader did to their days. */
export async function sayAdjusted(data: unknown, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const { kind, year, days, note, by } = word.parse(data);
  const all = await balancesOf(turn.unit.sql, person.id, parts.policy().policy, [year]);
  const left = all.find((each) => each.kind === kind);
  const [leader] = await peopleById(turn.unit.sql, [by]);
  if (!left) return;
  const words = { by: leader?.name ?? '', note, days: signed(days), ...wordsOf(left, talk) };
  turn.say('notice', t(locale, 'leave.adjusted_told', words));
}

const wordsOf = ({ kind, year, daysPerYear, left }: Balance, { locale }: Talk) => ({
  ...{ year, kind: t(locale, `leave.kind_${kind}`), all: daysPerYear, left: Math.round(left * 100) / 100 },
});

const signed = (days: number) => (days > 0 ? `+${days}` : String(days));
