import { Temporal } from 'temporal-polyfill';
import { dateContext, describeDate } from '../../dialog/dates/index.ts';
import type { Field, Form, Json, Parsed, Values } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import { LEAVE_KINDS, type LeaveKind } from '../../policy/schema.ts';
import { explainVerdict, explanationText, postNames } from './explain.ts';
import { checkedIn, type LeaveContext, ladderIn, missedIn, objectionTo, spanIn } from './judge.ts';
import { readSpan } from './span.ts';
import type { LeaveSpan } from './types.ts';
import { understandLeave } from './understand.ts';
import { daysText, ladderText, readerOf, whenText } from './words.ts';

const kind: Field<LeaveContext> = {
  key: 'kind',
  label: 'leave.field_kind',
  ask: 'leave.ask_kind',
  options: (_values, { locale }) =>
    LEAVE_KINDS.map((value) => ({ title: t(locale, `leave.kind_${value}`), value })),
  parse(text, context) {
    const said = LEAVE_KINDS.find((value) => value === text) ?? understood(text, context).kind;
    return said ? { value: said } : { problem: t(context.locale, 'leave.kind_unread') };
  },
  show: (value, { locale }) => t(locale, `leave.kind_${value as LeaveKind}`),
};

const span: Field<LeaveContext> = {
  key: 'span',
  label: 'leave.field_span',
  ask: 'leave.ask_span',
  parse: (text, context, values) => readSpan(text, context, spanIn(values)),
  show(value, context) {
    const asked = value as unknown as LeaveSpan;
    return whenText(asked, missedIn(asked, context), readerOf(context.locale, context.policy, context.now));
  },
};

const reason: Field<LeaveContext> = {
  key: 'reason',
  label: 'leave.field_reason',
  ask: 'leave.ask_reason',
  free: true,
  parse: readReason,
};

/** Only where a rule asks for a manager's consent: what is said here stands on the card. */
const managerReason: Field<LeaveContext> = {
  key: 'managerReason',
  label: 'leave.field_managerReason',
  ask(values, context) {
    const { locale, policy, now } = context;
    const checked = checkedIn(values, context);
    const open = checked?.verdicts.filter(({ result }) => result === 'needsManager') ?? [];
    const why = open.flatMap((verdict) => {
      const { quote, figures } = explainVerdict(verdict, readerOf(locale, policy, now));
      return [quote, figures];
    });
    const managers = postNames(checked?.managers ?? [], locale);
    return [...why, t(locale, 'leave.ask_managerReason', { managers })].join('\n');
  },
  free: true,
  when: (values, context) => checkedIn(values, context)?.result === 'needsManager',
  parse: readReason,
};

function readReason(text: string, { locale, policy }: LeaveContext): Parsed<Json> {
  const { min, max } = policy.leave.reasonCharacters;
  const said = text.trim();
  const length = [...said].length;
  // Emoji and dots give no reason.
  const letters = said.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters < min) return { problem: t(locale, 'leave.reason_short') };
  return length > max ? { problem: t(locale, 'leave.reason_long', { max, length }) } : { value: said };
}

function understood(text: string, { now, policy }: LeaveContext) {
  const { timeZone, businessDayStartsAt } = policy.centre;
  return understandLeave(text, dateContext(now, timeZone, businessDayStartsAt));
}

/** The leave form 请假单: asks what is missing, checks the rules before it is handed in, shows who decides. */
export const leaveForm: Form<LeaveContext> = {
  name: 'leave',
  title: 'leave.form_title',
  fields: [kind, span, reason, managerReason],
  fromSentence(text, context) {
    const { kind: said, dates, reason } = understood(text, context);
    const kind = context.extending?.kind ?? said;
    const length = context.extending && dates.duration;
    const when = dates.spans.length > 0 || dates.ambiguous || dates.problem || length;
    return { ...(kind && { kind }), ...(when && { span: text }), ...(reason && { reason }) };
  },
  check: objectionTo,
  facts: summaryFacts,
  note(values, context) {
    const { locale, policy, now } = context;
    const reader = readerOf(locale, policy, now);
    const checked = checkedIn(values, context);
    const due = checked?.certificateDue;
    const warned = checked?.verdicts.filter(({ result }) => result === 'warn') ?? [];
    const notes = warned.map((verdict) => explanationText(verdict, reader));
    const date = due && describeDate(Temporal.PlainDate.from(due), locale, reader.today);
    if (date) notes.push(t(locale, 'leave.certificate_due', { date }));
    return notes.length > 0 ? notes.join('\n') : undefined;
  },
};

function summaryFacts(values: Values, context: LeaveContext): { label: string; value: string }[] {
  const { locale, policy, now, person, requester, holders } = context;
  const reader = readerOf(locale, policy, now);
  const [checked, ladder] = [checkedIn(values, context), ladderIn(values, context)];
  if (!checked || !ladder?.ok) return [];
  const { steps, informed } = ladder.ladder;
  const names = holders.filter(({ id }) => informed.includes(id)).map(({ name }) => name);
  const together = checked.daysTogether > checked.days;
  const days = daysText(checked.days, reader);
  const facts = [
    {
      label: t(locale, 'leave.fact_days'),
      value: together
        ? t(locale, 'leave.days_together', { days, total: daysText(checked.daysTogether, reader) })
        : days,
    },
    { label: t(locale, 'leave.fact_ladder'), value: ladderText(steps, reader) },
  ];
  const balance = checked.verdicts.find(({ figures }) => figures?.of === 'balance');
  if (balance)
    facts.push({ label: t(locale, 'leave.fact_balance'), value: explainVerdict(balance, reader).figures });
  if (names.length > 0)
    facts.push({
      label: t(locale, 'leave.fact_informed'),
      value: names.join(t(locale, 'leave.list_separator')),
    });
  if (person.id !== requester.id)
    facts.unshift({ label: t(locale, 'leave.fact_person'), value: `${person.name}（${person.number}）` });
  return facts;
}
