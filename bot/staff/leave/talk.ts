import { dateContext } from '../../dialog/dates/index.ts';
import { type FormState, open, reads, type Step, step, type Values } from '../../dialog/form/index.ts';
import { namesIn } from '../../dialog/names.ts';
import { t } from '../../i18n/index.ts';
import { everybody, peopleById } from '../../people/directory.ts';
import type { Person } from '../../people/person.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import { goOn, partiesOf, type StaffMemory, sayStep, type Talk, versionOf } from '../talk.ts';
import { loadLeaveDesk } from './facts.ts';
import { leaveForm } from './form.ts';
import type { Extended, LeaveContext } from './judge.ts';
import { handInLeave } from './submit.ts';
import { understandLeave } from './understand.ts';
import { leaveText, standingText } from './words.ts';

/** True when a sentence asks for leave. */
export function wantsLeave(text: string, talk: Talk): boolean {
  return understood(text, talk).wantsLeave;
}

function understood(text: string, { parts, turn }: Talk) {
  const { timeZone, businessDayStartsAt } = parts.policy().policy.centre;
  return understandLeave(text, dateContext(turn.now, timeZone, businessDayStartsAt));
}

/** Opens the leave form with what the sentence says already. */
export async function askLeave(text: string, talk: Talk): Promise<void> {
  const { forWhom, emergency } = understood(text, talk);
  const whom = forWhom === undefined ? talk.person : await colleague(forWhom, text, talk);
  if (!whom) return;
  await begin(text, { personId: whom.id, emergency }, talk);
}

/** Opens it for more days of a leave that is granted: 续假. */
export async function extendLeave(text: string, extending: Extended, talk: Talk): Promise<void> {
  const { emergency } = understood(text, talk);
  await begin(text, { personId: talk.person.id, emergency, extending }, talk);
}

async function begin(text: string, about: NonNullable<StaffMemory['leave']>, talk: Talk): Promise<void> {
  talk.memory.leave = about;
  const version = talk.parts.policy();
  const context = await contextOf(talk, version);
  if (!context) return;
  await go(open(leaveForm, version.id, context, text), talk, context, version);
}

/** Who is ill: a number, a name, or 小李; of several the colleague chooses. */
async function colleague(named: string, text: string, talk: Talk): Promise<Person | undefined> {
  const { turn, locale, person } = talk;
  const [mention] = namesIn(named, await everybody(turn.unit.sql), person);
  const [only, ...more] = mention?.people ?? [];
  if (only && more.length === 0) return only;
  if (!mention) {
    turn.say('choices', t(locale, 'staff.whom_unknown', { name: named }));
    return undefined;
  }
  // Said again with the number in the name's place: nothing has to be kept until then.
  const actions = mention.people.slice(0, 6).map(({ name, number, teamName }) => ({
    title: teamName ? `${name}（${teamName}，${number}）` : `${name}（${number}）`,
    value: text.replace(named, number),
  }));
  turn.say('choices', t(locale, 'staff.whom'), { actions });
  return undefined;
}

/**
 * Gives a message to the open leave form; `command` is what it would mean without the form.
 * @returns what is left to be handled as an ordinary message
 */
export async function continueLeave(
  text: string,
  talk: Talk,
  command: (() => Promise<void>) | undefined,
): Promise<string | undefined> {
  const state = talk.memory.form;
  const version = state && (await versionOf(talk, state.policy));
  const context = version && (await contextOf(talk, version));
  if (!state || !version || !context) {
    close(talk.memory);
    return text;
  }
  // 「取消请假」 while the form is open means the form.
  const said = /^取消(?:这张)?(?:请假|请假单)$/.test(text.trim()) ? t(context.locale, 'form.cancel') : text;
  return goOn(said, talk, {
    ...{ form: leaveForm, state, context, command },
    answer: (answer) => answered(answer, state, context, talk),
    go: (next) => go(next, talk, context, version),
  });
}

/**
 * What a message is to the form. One that says more than it was asked for fills more: 「事假，后天，家里有事」 to "which
 * kind?"; and at the summary kind or dates in other words are a correction: 「改成周五」.
 */
function answered(text: string, state: FormState, context: LeaveContext, talk: Talk): Step {
  const plain = step(leaveForm, state, text, context);
  const read = reads(leaveForm, state, text, context);
  const slept = plain.state?.phase === 'asleep' || plain.state?.phase === 'parked' || plain.result;
  if (slept || read === 'command' || read === 'free' || state.phase === 'choosing') return plain;
  const correcting = state.phase === 'confirming';
  const said = partsIn(text, talk).filter(({ at }) =>
    correcting ? at !== 'reason' : at === state.at || !Object.hasOwn(state.values, at),
  );
  if (said.length < (correcting ? 1 : 2)) return plain;
  let [next, last] = [state, plain];
  for (const part of said) {
    last = step(leaveForm, { ...next, phase: 'asking', at: part.at, options: [] }, part.text, context);
    if (!last.state) return last;
    next = last.state;
  }
  return last;
}

/** The fields that a sentence speaks of, with what it says about each. */
function partsIn(text: string, talk: Talk): { at: 'kind' | 'span' | 'reason'; text: string }[] {
  const { kind, dates, reason } = understood(text, talk);
  const { spans, ambiguous, problem, part, shift, time } = dates;
  const dated = spans.length > 0 || ambiguous || problem || part || shift || time;
  return [
    ...(kind ? [{ at: 'kind' as const, text: kind }] : []),
    ...(dated ? [{ at: 'span' as const, text }] : []),
    ...((kind || dated) && reason ? [{ at: 'reason' as const, text: reason }] : []),
  ];
}

/** Keeps and says what a step came to; what is complete and confirmed is handed in. */
async function go(next: Step, talk: Talk, context: LeaveContext, version: PolicyVersion): Promise<void> {
  const { memory } = talk;
  if (next.state) memory.form = next.state;
  else close(memory);
  sayStep(talk, next);
  if (next.result === 'done' && next.values) await handIn(next.values, talk, context, version);
}

async function handIn(
  values: Values,
  talk: Talk,
  context: LeaveContext,
  version: PolicyVersion,
): Promise<void> {
  const { turn, parts, memory, locale, reader } = talk;
  const submitted = await handInLeave(turn.unit, parts, { values, context, version });
  if ('refused' in submitted)
    return turn.say('form', t(locale, 'leave.not_submitted', { why: submitted.refused }));
  const { record } = submitted;
  memory.done = { requestId: record.id };
  const told = await peopleById(turn.unit.sql, record.ladder.informed);
  const names = told.map(({ name }) => name).join(t(locale, 'leave.list_separator'));
  const text = t(locale, 'leave.submitted', {
    leave: leaveText(record, reader),
    standing: standingText(record, reader),
  });
  turn.say('form', names ? `${text}\n${t(locale, 'leave.submitted_informed', { names })}` : text);
}

function close(memory: StaffMemory): void {
  delete memory.form;
  delete memory.leave;
}

async function contextOf(talk: Talk, { policy }: PolicyVersion): Promise<LeaveContext | undefined> {
  const { turn, locale, memory } = talk;
  const desk = await loadLeaveDesk(turn.unit.sql, partiesOf(talk), policy, turn.now);
  const { emergency = false, extending } = memory.leave ?? {};
  const about = { now: turn.now, locale, policy, emergency, ...(extending && { extending }) };
  return desk && { ...desk, ...about };
}
