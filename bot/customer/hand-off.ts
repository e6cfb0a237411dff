import { waitingBefore } from '../conversation/ownership.ts';
import type { Turn } from '../conversation/turn.ts';
import { activeFields, type FormState, shown } from '../dialog/form/index.ts';
import { type Locale, say, t } from '../i18n/index.ts';
import { maskNumbersIn } from '../people/masking.ts';
import { isOpen } from '../policy/hours.ts';
import type { DeskPolicy, Policy } from '../policy/schema.ts';
import { customerForms } from './forms/index.ts';
import { type Behind, button, messageOffer, offer, tellCustomer } from './say.ts';
import type { Talk } from './talk.ts';
import { asksPosition, leavesQueue, wantsHuman, wantsHumanBesides, wantsMenu } from './words.ts';

/**
 * 转人工: passes the conversation to the people, with what was said and filled in so far. Outside the desk's hours the
 * policy decides whether one may wait or leaves a message instead; an open form then stays open.
 */
export async function handOff(talk: Talk, reason: string, behind: Behind = {}): Promise<void> {
  const { policy, turn, locale, memory } = talk;
  const { desk, centre } = policy;
  const open = isOpen(desk.hours, turn.now, centre.timeZone);
  if (!open && desk.outside === 'leaveMessage') {
    const hours = hoursInWords(desk.hours, locale);
    return offer(talk, 'handoff', t(locale, 'customer.closed', { hours }), [messageOffer(talk)], behind);
  }
  const queue = queueFor(policy, memory.form?.form);
  const summary = summaryOf(talk);
  delete memory.form;
  delete memory.offers;
  memory.acknowledged = false;
  await turn.handOff({ queue: queue.id, reason, summary });
  const ahead = await waitingBefore(turn.unit, queue.id, turn.now);
  const vars = { queue: queue.name[locale], ahead };
  const text = !open
    ? t(locale, 'customer.queued_outside', { ...vars, hours: hoursInWords(desk.hours, locale) })
    : ahead > 0
      ? t(locale, 'customer.queued_behind', vars)
      : t(locale, 'customer.queued_next', { queue: vars.queue });
  turn.say('handoff', text, { ...behind, actions: [button(t(locale, 'customer.leave_queue'))] });
}

/** A complaint's form goes to the complaint desk, where there is one. */
export function queueFor({ desk }: Policy, form?: string): DeskPolicy['queues'][number] {
  const named = desk.queues.find((queue) => queue.id === form);
  const fallback = desk.queues.find((queue) => queue.id === desk.defaultQueue);
  return (named ?? fallback ?? desk.queues[0]) as DeskPolicy['queues'][number];
}

/** What an agent sees before taking it. Numbers are masked: the queue is seen by all. */
export function summaryOf({ memory, locale, policy, turn }: Talk): Record<string, unknown> {
  const form = memory.form && filledIn(memory.form, { locale, policy, now: turn.now });
  return {
    locale,
    lastQuestions: (memory.questions ?? []).map(maskNumbersIn),
    entryIds: memory.entryIds ?? [],
    ...(form && { filledForm: form }),
  };
}

function filledIn(state: FormState, context: { locale: Locale; policy: Policy; now: number }) {
  const form = customerForms.get(state.form);
  if (!form) return undefined;
  const facts = activeFields({ form, state, context }).flatMap((field) => {
    const value = state.values[field.key];
    if (value == null) return [];
    return [{ label: say(context.locale, field.label), value: maskNumbersIn(shown(field, value, context)) }];
  });
  return { title: say(context.locale, form.title), facts };
}

/**
 * A customer who waits: may leave the queue or ask how long it takes; everything else is for the agent, and said so
 * once.
 */
export async function whileWaiting(talk: Talk, text: string): Promise<void> {
  const { turn, memory, locale } = talk;
  if (leavesQueue(text)) {
    await turn.backToBot();
    delete memory.acknowledged;
    return tellCustomer(talk, 'handoff', t(locale, 'customer.left_queue'));
  }
  // Whoever asks for a person again, or for the menu, wonders whether they are still waited for.
  if (asksPosition(text) || wantsHuman(text) || wantsHumanBesides(text) || wantsMenu(text)) {
    const ahead = await aheadOf(turn);
    const words = ahead > 0 ? t(locale, 'customer.position', { ahead }) : t(locale, 'customer.position_next');
    turn.say('handoff', words, { actions: [button(t(locale, 'customer.leave_queue'))] });
  } else if (!memory.acknowledged) {
    turn.say('handoff', t(locale, 'customer.noted'));
    memory.acknowledged = true;
  }
  turn.note('queued');
}

function aheadOf({ unit, episode }: Turn): Promise<number> {
  return waitingBefore(unit, episode.queue ?? '', episode.queuedAt?.getTime() ?? 0);
}

/** 「周一至周五 08:00–20:00」 */
export function hoursInWords(hours: DeskPolicy['hours'], locale: Locale): string {
  if (hours === 'always') return '';
  const names = t(locale, 'customer.weekdays').split(locale === 'en' ? ' ' : '');
  const lines = hours.map(({ days, from, to }) => {
    const [first = 1, last = 1] = [Math.min(...days), Math.max(...days)];
    const unbroken = last - first === days.length - 1 && days.length > 1;
    const name = (day: number) => names[day - 1] ?? '';
    const one = (day: number) => t(locale, 'customer.days_one', { from: name(day) });
    const range = t(locale, 'customer.days_range', { from: name(first), to: name(last) });
    const listed = unbroken ? range : days.map(one).join(t(locale, 'leave.list_separator'));
    return t(locale, 'customer.hours_line', { days: listed, from, to });
  });
  return lines.join(t(locale, 'customer.hours_separator'));
}
