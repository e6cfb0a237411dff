import { describeTime } from '../dialog/dates/index.ts';
import {
  aside,
  type FormContext,
  open,
  readCommand,
  reads,
  type Step,
  step,
  withoutHeld,
} from '../dialog/form/index.ts';
import { findPhones } from '../dialog/phone.ts';
import { t } from '../i18n/index.ts';
import { maskPhone } from '../people/masking.ts';
import { type PolicyVersion, policyById } from '../policy/versions.ts';
import { createTicket, ticketStream } from '../tickets/create.ts';
import { lookUp, sayEntry } from './answer.ts';
import { takeFiles } from './files.ts';
import { customerForms, type TicketForm, ticketOf } from './forms/index.ts';
import { type Behind, humanOffer, sayForm, tellCustomer } from './say.ts';
import type { Talk } from './talk.ts';
import { asks, wantsHuman, wantsHumanBesides, wordless } from './words.ts';

/** Starts a form, or goes on with the one of this name that was left unfinished. */
export async function startForm(talk: Talk, name: string, sentence = '', behind: Behind = {}): Promise<void> {
  const { memory, version } = talk;
  const form = customerForms.get(name);
  if (!form) throw new Error(`there is no form ${name}`);
  if (memory.form?.form === name) {
    const rest = await continueForm(talk, t(talk.locale, 'form.resume'));
    if (rest === undefined) return;
  }
  return take(talk, form, open(form, version.id, contextOf(talk, version), sentence), version, behind);
}

/**
 * Gives a message to the open form. Returns what is left to be handled as an ordinary message, if it was not (only)
 * the form's.
 */
export async function continueForm(talk: Talk, text: string): Promise<string | undefined> {
  const { memory } = talk;
  const state = memory.form;
  const form = state && customerForms.get(state.form);
  const version = state && (await versionOf(talk, state.policy));
  if (!state || !form || !version) {
    delete memory.form;
    return text;
  }
  const context = contextOf(talk, version);
  // 「都不是，转人工」 at a list of choices names none of them.
  if (wantsHumanBesides(text) && reads(form, state, text, context) === 'unread') return text;
  if (await answeredInBetween(talk, form, text, context)) return undefined;
  const next = step(form, state, text, context);
  await take(talk, form, next, version);
  return next.rest;
}

/**
 * A question that the knowledge answers clearly is answered, and the form goes on where it was, or asks whether to, if
 * it had been left for long.
 */
async function answeredInBetween(
  talk: Talk,
  form: TicketForm,
  text: string,
  context: FormContext,
): Promise<boolean> {
  const { memory } = talk;
  const state = memory.form;
  if (!state || state.phase === 'parked' || !asks(text)) return false;
  const read = reads(form, state, text, context);
  if (read !== 'unread' && read !== 'free') return false;
  const reply = lookUp(talk, text);
  if (reply.outcome !== 'answer') return false;
  // 「为什么多扣我 20 元？」 leads to the very form that is open: it is what the customer complains about.
  if (read === 'free' && reply.entry.action === `form:${form.name}`) return false;
  const next = step(form, state, text, context);
  if (next.result === 'expired') return false;
  await sayEntry(talk, reply.entry, reply.score);
  if (state.phase === 'asleep') return true;
  const slept = next.state?.phase === 'asleep' ? { ...next, state: withoutHeld(next.state) } : undefined;
  await take(talk, form, slept ?? aside(form, state, text, context), talk.version);
  return true;
}

/**
 * A message and a telephone number that were left in a chat's own form: where both can be read, nothing is left to ask
 * or to confirm. A form that was open stays so.
 */
export async function handInLeft(talk: Talk, left: { description: string; contact: string }): Promise<void> {
  const { memory, version, locale } = talk;
  const form = customerForms.get('message');
  if (!form) throw new Error('there is no form message');
  const before = memory.form;
  const context = contextOf(talk, version);
  const begun = open({ ...form, fromSentence: () => left }, version.id, context, left.description);
  const complete = begun.state?.phase === 'confirming' ? begun.state : undefined;
  await take(
    talk,
    form,
    complete ? step(form, complete, t(locale, 'form.confirm'), context) : begun,
    version,
  );
  if (complete && before) memory.form = before;
}

/** Keeps and says what a step came to; what is handed in becomes a ticket. */
async function take(
  talk: Talk,
  form: TicketForm,
  next: Step,
  version: PolicyVersion,
  behind: Behind = {},
): Promise<void> {
  const { memory, locale } = talk;
  if (next.state) memory.form = next.state;
  else delete memory.form;
  for (const [index, said] of next.say.entries()) {
    const stuck = next.stuck === true && index === next.say.length - 1;
    const words = stuck ? { ...said, text: `${said.text}\n${t(locale, 'customer.stuck')}` } : said;
    sayForm(talk, words, stuck ? [humanOffer(talk)] : [], behind);
  }
  if (next.result === 'done') await handIn(talk, form, next, version);
}

async function handIn(
  talk: Talk,
  form: TicketForm,
  { values = {} }: Step,
  version: PolicyVersion,
): Promise<void> {
  const { turn, parts, memory, locale, policy } = talk;
  const { id: conversationId, customerId } = turn.conversation;
  const about = ticketOf(form, values);
  const files = takeFiles(talk);
  const ticket = await createTicket(turn.unit, parts, {
    ...{ ...about, files, conversationId, episodeId: turn.episode.id, customerId, ownerId: null },
    ...{ by: { kind: 'customer', id: customerId ?? conversationId }, policy: version, now: turn.now },
  });
  turn.emit(ticketStream, ticket.event.type, ticket.event.data);
  memory.done = { number: ticket.number };
  const moment = (at: number) => describeTime(at, policy.centre.timeZone, locale);
  const text = t(locale, 'ticket.created', {
    number: ticket.number,
    dispatchDue: moment(ticket.dispatchDueAt),
    due: moment(ticket.dueAt),
    contact: maskPhone(about.contact),
  });
  const attached = t(locale, 'ticket.with_files', { count: files.length });
  tellCustomer(talk, 'form', files.length > 0 ? `${text}\n\n${attached}` : text);
  turn.note('ticket');
}

/** Puts the form aside for something else; 「继续填写」 takes it up again. */
export function parkForm({ memory, turn, locale }: Talk): void {
  if (!memory.form || memory.form.phase === 'parked') return;
  memory.form = { ...memory.form, phase: 'parked' };
  turn.say('form', t(locale, 'form.parked', { resume: t(locale, 'form.resume') }));
}

/** Whoever talked to an agent meanwhile is no longer filling in a form: it waits for a word about it. */
export async function parkIfTaken({ memory, turn }: Talk): Promise<void> {
  const form = memory.form;
  if (!form || form.phase === 'parked') return;
  const text = 'SELECT FROM episode WHERE id = $1 AND taken_at >= $2';
  const values = [turn.episode.id, new Date(form.touchedAt)];
  const { rowCount } = await turn.unit.sql.query({ name: 'taken-since', text, values });
  if (rowCount) memory.form = { ...form, phase: 'parked' };
}

/** A description that was sent in several messages at once is one: takes what belongs to `text` from `queue`. */
export function gather({ memory }: Talk, text: string, queue: string[]): string {
  const form = memory.form && customerForms.get(memory.form.form);
  const field = form?.fields.find((f) => f.key === memory.form?.at);
  if (!form || !field?.free || memory.form?.phase !== 'asking') return text;
  const belongs = (next: string) =>
    !readCommand(form, next) &&
    !wantsHuman(next) &&
    !asks(next) &&
    findPhones(next).length === 0 &&
    !wordless(next);
  let gathered = text;
  while (belongs(gathered) && queue[0] !== undefined && belongs(queue[0])) gathered += `\n${queue.shift()}`;
  return gathered;
}

function contextOf({ turn, locale }: Talk, { policy }: PolicyVersion): FormContext {
  return { now: turn.now, locale, policy };
}

// Versions never change once they are made, and there are few.
const versions = new Map<string, PolicyVersion>();

/** The version that a form began with. */
async function versionOf({ version, turn }: Talk, id: string): Promise<PolicyVersion | undefined> {
  if (version.id === id) return version;
  const known = versions.get(id) ?? (await policyById(turn.unit, id));
  if (known) versions.set(id, known);
  return known;
}
