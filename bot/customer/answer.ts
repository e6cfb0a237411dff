import { Temporal } from 'temporal-polyfill';
import { type Asked, askInContext, type Cited, type Composed, type Reply } from '../../knowledge/index.ts';
import { uuidv7 } from '../../prisma/client.ts';
import { describeDate } from '../dialog/dates/index.ts';
import { t } from '../i18n/index.ts';
import { maskNumbersIn } from '../people/masking.ts';
import { spokenIn } from './language.ts';
import { mainOffers, offerMenu } from './menu.ts';
import { type Behind, formOffer, humanOffer, messageOffer, numbered, offer, tellCustomer } from './say.ts';
import { ownStatus } from './status.ts';
import { type Offer, remember, type Talk } from './talk.ts';

/** What the knowledge in memory says to a text in this conversation. */
export function lookUp(talk: Talk, text: string): Reply {
  return talk.parts.knowledge.ask(text, at(talk, text));
}

const at = ({ today, locale }: Talk, text: string) => ({ today, language: spokenIn(text, locale) });

/** Asks the knowledge and says what came of it: an answer, choices, that an offer ended, or honestly nothing. */
export async function answer(talk: Talk, question: string): Promise<void> {
  await sayReply(talk, question, await consult(talk, question));
}

/**
 * What the knowledge makes of a question, after the ones before it in this conversation. With a model or a search
 * server the turn waits for it, and what is in memory stands in if that comes to nothing.
 */
export async function consult(talk: Talk, question: string): Promise<Reply> {
  const { turn, parts } = talk;
  const { topic, history } = before(talk);
  const local = () => askInContext({ text: question, topic, history }, (text) => lookUp(talk, text));
  const { remote } = parts.knowledge;
  if (!remote) return local();
  // The questions leave this machine: numbers of people don't.
  const text = maskNumbersIn(question);
  const asked = {
    text,
    topic,
    history: history.map((said) => ({ ...said, text: maskNumbersIn(said.text) })),
  };
  return turn.remote(`ask ${question}`, (signal) => remote.ask(asked, at(talk, text), signal), local);
}

/** What was said before: the last questions, then what the bot replied to them, an answer or the choices offered. */
function before(talk: Talk): Pick<Asked, 'topic'> & { history: NonNullable<Asked['history']> } {
  const { questions = [], topic, offers = [] } = talk.memory;
  const history: Asked['history'] = questions.slice(-3).map((text) => ({ author: 'customer', text }));
  const entry = topic === undefined ? undefined : talk.parts.knowledge.cite(topic, talk);
  const choices = offers.filter(({ act }) => act.do === 'cite').map(({ title }) => title);
  if (entry) history.push({ author: 'bot', text: `${entry.title}\n${entry.short || entry.body}` });
  else if (choices.length > 0) history.push({ author: 'bot', text: choices.join('\n') });
  return { topic: entry?.title, history };
}

export async function sayReply(talk: Talk, question: string, reply: Reply): Promise<void> {
  const { memory } = talk;
  memory.questions = remember(memory.questions, (reply.asked ?? question).slice(0, 200), 5);
  delete memory.topic;
  switch (reply.outcome) {
    case 'answer':
      return sayEntry(talk, reply.entry, reply.score, reply.composed);
    case 'choices':
      return sayChoices(talk, question, reply.entries, reply.score);
    case 'expired':
      return sayExpired(talk, reply);
    default:
      return sayUnknown(talk, question, reply);
  }
}

/**
 * An entry's approved wording, or what was composed from it and others, with its sources and a button for what it
 * leads to.
 */
export async function sayEntry(talk: Talk, entry: Cited, score: number, composed?: Composed): Promise<void> {
  const { turn, memory } = talk;
  const { id, action } = entry;
  const { body, short, entryIds, sources } = wordsOf(talk, entry, composed);
  turn.locale = entry.language === 'en' ? 'en' : 'zh-CN';
  memory.misses = 0;
  memory.topic = id;
  const status = action === 'ticket-status' ? await ownStatus(talk) : undefined;
  // A ticket's state is nobody's wording: what isn't quoted has no source, and the agent isn't told that it was.
  if (status) return tellCustomer(talk, 'answer', status, { tag: { entryIds: [id], score } });
  for (const cited of entryIds) memory.entryIds = remember(memory.entryIds, cited, 5);
  const tag = { entryIds, score, sources };
  if (action === 'ticket-status') {
    const text = `${t(talk.locale, 'ticket.status_none')}\n\n${body}`;
    return tellCustomer(talk, 'answer', text, { short, tag });
  }
  if (action === 'menu:main') return offerMenu(talk, 'answer', body, mainOffers(talk), { short, tag });
  const offers = [...wholeOffer(talk, id, { body, short }), ...actionOffer(talk, action)];
  if (offers.length > 0) offer(talk, 'answer', body, offers, { short, tag });
  else tellCustomer(talk, 'answer', body, { short, tag });
}

function actionOffer(talk: Talk, action: Cited['action']): Offer[] {
  const [kind, name = ''] = (action ?? '').split(':', 2);
  if (kind === 'form') return [formOffer(talk, name)];
  return kind === 'handoff' ? [humanOffer(talk)] : [];
}

/** Where only the short wording is said, the whole is one reply away. */
function wholeOffer(
  { turn, locale }: Talk,
  id: string,
  { body, short }: { body: string; short?: string },
): Offer[] {
  if (!turn.conversation.can?.brief || !short || short === body) return [];
  return [{ title: t(locale, 'channel.more'), act: { do: 'whole', id } }];
}

/** The whole wording of an entry, as long as it takes, and what it leads to: the short one's offers end with it. */
export function sayWhole(talk: Talk, { id, title, body, action }: Cited): void {
  const extra = { tag: { entryIds: [id], sources: [{ id, title }] } };
  const offers = actionOffer(talk, action);
  if (offers.length > 0) offer(talk, 'answer', body, offers, extra);
  else tellCustomer(talk, 'answer', body, extra);
}

/** Where a composed answer is too long for a short message, the entry's approved short wording goes there. */
function wordsOf(talk: Talk, { id, title, body, short }: Cited, composed?: Composed) {
  if (!composed) return { body, short, entryIds: [id], sources: [{ id, title }] };
  const { text, entryIds } = composed;
  const sources = entryIds.flatMap((cited) => {
    const found = cited === id ? { title } : talk.parts.knowledge.cite(cited, talk);
    return found ? [{ id: cited, title: found.title }] : [];
  });
  return { body: text, short: composed.short ?? short, entryIds, sources };
}

function sayChoices(talk: Talk, question: string, entries: Cited[], score: number): void {
  const { locale } = talk;
  const offers: Offer[] = entries.map(({ id, title }) => ({ title, act: { do: 'cite', id } }));
  const none: Offer = { title: t(locale, 'customer.none_of_these'), act: { do: 'none', question } };
  const words = `${t(locale, 'customer.choices')}\n${numbered(offers)}`;
  // No sources: what is offered isn't quoted.
  const tag = { entryIds: entries.map(({ id }) => id), score };
  offer(talk, 'choices', words, [...offers, none], { tag });
}

/** The entry that stands behind a word for an action, so that what it starts can be traced to it. */
export function entryBehind(talk: Talk, text: string, action: string): Behind {
  const reply = lookUp(talk, text);
  if (reply.outcome !== 'answer' || reply.entry.action !== action) return {};
  return { tag: { entryIds: [reply.entry.id], score: reply.score } };
}

/** An offer that ended: its title and its date, never its wording. */
function sayExpired(talk: Talk, { entry, endedOn, score }: Extract<Reply, { outcome: 'expired' }>): void {
  const { turn } = talk;
  turn.locale = entry.language === 'en' ? 'en' : 'zh-CN';
  const date = describeDate(
    Temporal.PlainDate.from(endedOn),
    talk.locale,
    Temporal.PlainDate.from(talk.today),
  );
  const { id, title } = entry;
  const text = t(talk.locale, 'customer.expired', { title, date });
  offer(talk, 'unknown', text, [humanOffer(talk)], {
    tag: { entryIds: [id], score },
  });
}

/** "I don't know", with a person or a message instead; kept for the editors. */
export async function sayUnknown(
  talk: Talk,
  question: string,
  { score, nearestId }: { score: number; nearestId: string | null },
): Promise<void> {
  const { turn, memory } = talk;
  await turn.unit.sql.query({
    name: 'unanswered',
    text: `INSERT INTO unanswered (id, conversation_id, seq, text, language, score, nearest_entry_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      ...[uuidv7(turn.now), turn.conversation.id, turn.heard.at(-1)?.seq ?? 0, question],
      ...[spokenIn(question, talk.locale), score, nearestId, new Date(turn.now)],
    ],
  });
  memory.misses = (memory.misses ?? 0) + 1;
  const key = memory.misses > 1 ? 'customer.unknown_again' : 'customer.unknown';
  offer(talk, 'unknown', t(talk.locale, key), [humanOffer(talk), messageOffer(talk)], { tag: { score } });
}
