import type { Button } from '../../channels/channel.ts';
import type { Say, Tag } from '../conversation/turn.ts';
import type { Option, Said } from '../dialog/form/index.ts';
import { t } from '../i18n/index.ts';
import type { Act, Offer, Talk } from './talk.ts';

/** What a message to a customer comes to on the wire; what the turn itself came to may say more. */
export type Wire = 'answer' | 'choices' | 'unknown' | 'handoff' | 'form';

/** The entry that stands behind an action, on the wire as its source. */
export type Behind = { tag?: Omit<Tag, 'outcome'> };

type Extra = Omit<Say, 'actions'> & { tag?: Omit<Tag, 'outcome'> };

/** Says something; whatever was offered before is no longer what a number means. */
export function tellCustomer({ turn, memory }: Talk, outcome: Wire, text: string, extra: Extra = {}): void {
  delete memory.offers;
  turn.say(outcome, text, extra);
}

/** Says something with choices: each can be pressed, or named by its title or number. */
export function offer(talk: Talk, outcome: Wire, text: string, offers: Offer[], extra: Extra = {}): void {
  talk.turn.say(outcome, text, { ...extra, actions: offers.map(({ title }) => button(title)) });
  talk.memory.offers = offers;
}

/** `1. …` lines, for channels without buttons and for reading. */
export function numbered(offers: Offer[]): string {
  return offers.map(({ title }, index) => `${index + 1}. ${title}`).join('\n');
}

export const humanOffer = ({ locale }: Talk): Offer => ({
  title: t(locale, 'customer.human'),
  act: { do: 'handoff' },
});

export const messageOffer = ({ locale }: Talk): Offer => ({
  title: t(locale, 'customer.leave_message'),
  act: { do: 'form', name: 'message' },
});

export const menuOffer = ({ locale }: Talk): Offer => ({
  title: t(locale, 'customer.menu'),
  act: { do: 'menu', path: [] },
});

const STARTS: Record<string, 'customer.start_complaint' | 'customer.start_fault' | 'customer.start_change'> =
  {
    complaint: 'customer.start_complaint',
    fault: 'customer.start_fault',
    change: 'customer.start_change',
  };

/** The button that starts a form. */
export function formOffer({ locale }: Talk, name: string): Offer {
  const act: Act = { do: 'form', name };
  return { title: t(locale, STARTS[name] ?? 'customer.leave_message'), act };
}

/** Says what a form says, with its buttons; those of a summary are on its card. */
export function sayForm(
  { turn, memory }: Talk,
  { text, options, summary, wordsOnly }: Said,
  more: Offer[] = [],
  behind: Extra = {},
): void {
  delete memory.offers;
  const buttons = [...(options ?? []).map(pressable), ...more.map(({ title }) => button(title))];
  turn.say('form', text, {
    ...behind,
    ...(wordsOnly && { wordsOnly }),
    ...(summary ? { card: { ...summary, buttons } } : { actions: buttons }),
  });
}

// The title is said, so that the transcript reads as a conversation; the form knows what it means.
const pressable = ({ title, style }: Option): Button => ({ ...button(title), ...(style && { style }) });

export const button = (title: string): Button => ({ title, value: title });
