import { type Field, type Form, type FormContext, plain, type Values } from '../../dialog/form/index.ts';
import { besidePhones, findPhones } from '../../dialog/phone.ts';
import { type TextKey, t } from '../../i18n/index.ts';
import { maskPhone } from '../../people/masking.ts';
import type { TicketKind } from '../../policy/schema.ts';
import { withoutStart } from '../words.ts';

/** A form that becomes a ticket when it is handed in. */
export interface TicketForm extends Form {
  /** The kind of ticket, and its category where the customer isn't asked for one. */
  kind: string;
  category?: string;
}

/**
 * A description in the customer's words; emoji and signs don't count as words. A telephone number doesn't either: it
 * is kept as the contact, and the description is asked again.
 */
export function description(
  ask: TextKey,
  label: TextKey = 'ticket.label_description',
): Field<FormContext, string> {
  return {
    key: 'description',
    label,
    ask,
    free: true,
    parse(text, { locale, policy }) {
      const { min, max } = policy.forms.descriptionCharacters;
      const value = text.trim();
      if ((besidePhones(value).match(/[\p{L}\p{N}]/gu) ?? []).length < min) {
        const [phone, other] = findPhones(value);
        if (!phone || other) return { problem: t(locale, 'ticket.description_short', { min }) };
        const problem = t(locale, 'ticket.contact_kept', { contact: maskPhone(phone), min });
        return { problem, others: { contact: phone } };
      }
      if (value.length > max) return { problem: t(locale, 'ticket.description_long', { max }) };
      return { value };
    },
  };
}

/** The telephone number to call back: shown masked, even to its owner, because the transcript has other readers. */
export const contact: Field<FormContext, string> = {
  key: 'contact',
  label: 'ticket.label_contact',
  ask: 'ticket.ask_contact',
  parse(text, { locale }) {
    const [value, ...others] = findPhones(text);
    if (!value) return { problem: t(locale, 'ticket.contact_unread') };
    if (others.length === 0) return { value };
    // Numbered, because two numbers may look the same once masked.
    const options = [value, ...others].map((phone, i) => ({
      title: `${i + 1}. ${maskPhone(phone)}`,
      value: phone,
    }));
    return { problem: t(locale, 'ticket.contact_which'), options };
  },
  show: maskPhone,
};

/** The kind's categories, as buttons. */
export function category(kind: string, ask: TextKey): Field<FormContext, string> {
  const categories = (context: FormContext) => kindOf(kind, context)?.categories ?? [];
  return {
    key: 'category',
    label: 'ticket.label_category',
    ask,
    options: (_values, context) =>
      categories(context).map((c) => ({ title: c.name[context.locale], value: c.id })),
    show: (value, context) => categories(context).find((c) => c.id === value)?.name[context.locale] ?? value,
  };
}

/** What a first sentence tells already: 「我要投诉你们宽带乱收费，电话138…」. */
export function fromSentence(kind: string, text: string, context: FormContext): Record<string, string> {
  const told = withoutStart(text);
  const { min } = context.policy.forms.descriptionCharacters;
  const words = told.match(/[\p{L}]/gu) ?? [];
  const named = kindOf(kind, context)?.categories.filter((c) =>
    [c.name['zh-CN'], c.name.en].some((name) => plain(told).includes(plain(name))),
  );
  return {
    ...(named?.length === 1 && named[0] && { category: named[0].id }),
    ...(words.length >= min && { description: told }),
    ...(findPhones(told).length > 0 && { contact: told }),
  };
}

function kindOf(kind: string, { policy }: FormContext): TicketKind | undefined {
  return policy.tickets.kinds.find((k) => k.id === kind);
}

/** What a ticket is made of, from a form that was handed in. */
export function ticketOf(form: TicketForm, values: Values) {
  const text = (key: string) => (typeof values[key] === 'string' ? values[key] : '');
  const place = text('place');
  return {
    kind: form.kind,
    category: form.category ?? text('category'),
    description: place ? `${text('description')}\n${place}` : text('description'),
    contact: text('contact'),
  };
}
