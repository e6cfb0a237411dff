import type { Field, FormContext } from '../../dialog/form/index.ts';
import { category, contact, description, fromSentence, type TicketForm } from './ticket-form.ts';

export { type TicketForm, ticketOf } from './ticket-form.ts';

const place: Field<FormContext, string> = {
  key: 'place',
  label: 'ticket.label_place',
  ask: 'ticket.ask_place',
  optional: true,
  parse: (text) => ({ value: text.trim().slice(0, 200) }),
};

/** 投诉 */
const complaint: TicketForm = {
  name: 'complaint',
  title: 'ticket.form_complaint',
  kind: 'complaint',
  fields: [
    category('complaint', 'ticket.ask_category_complaint'),
    description('ticket.ask_complaint'),
    contact,
  ],
  fromSentence: (text, context) => fromSentence('complaint', text, context),
};

/** 报修 */
const fault: TicketForm = {
  name: 'fault',
  title: 'ticket.form_fault',
  kind: 'fault',
  fields: [category('fault', 'ticket.ask_category_fault'), description('ticket.ask_fault'), place, contact],
  fromSentence: (text, context) => fromSentence('fault', text, context),
};

/** 业务变更 */
const change: TicketForm = {
  name: 'change',
  title: 'ticket.form_change',
  kind: 'change',
  category: 'change',
  fields: [description('ticket.ask_change'), contact],
  fromSentence: (text, context) => fromSentence('change', text, context),
};

/** 留言: what nobody could answer, for a colleague to look after. */
const message: TicketForm = {
  name: 'message',
  title: 'ticket.form_message',
  kind: 'change',
  category: 'message',
  fields: [description('ticket.ask_message', 'ticket.label_message'), contact],
  fromSentence: (text, context) => fromSentence('change', text, context),
};

/** Every form that customers have, by the name that entries and menus use (`form:complaint`). */
export const customerForms: ReadonlyMap<string, TicketForm> = new Map(
  [complaint, fault, change, message].map((form) => [form.name, form]),
);
