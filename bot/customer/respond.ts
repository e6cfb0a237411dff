import { z } from 'zod';
import type { Turn } from '../conversation/turn.ts';
import { isBareNumber, readNumberChoice } from '../dialog/read.ts';
import { t } from '../i18n/index.ts';
import { calendarDays } from '../policy/hours.ts';
import { answer, consult, entryBehind, lookUp, sayEntry, sayReply, sayUnknown, sayWhole } from './answer.ts';
import { keepFiles } from './files.ts';
import { continueForm, gather, handInLeft, parkForm, parkIfTaken, startForm } from './form-turn.ts';
import { handOff, whileWaiting } from './hand-off.ts';
import { sayInbox } from './inbox.ts';
import { joining } from './join.ts';
import { languageOf } from './language.ts';
import { offerAgain, picked, showMenu, strays } from './menu.ts';
import { opting } from './opt.ts';
import { humanOffer, menuOffer, messageOffer, offer, tellCustomer } from './say.ts';
import { asksStatus, tellStatus } from './status.ts';
import { type Act, type CustomerParts, type Talk, talkOf } from './talk.ts';
import {
  smallTalk,
  startsForm,
  wantsHuman,
  wantsHumanBesides,
  wantsMenu,
  withoutStart,
  wordless,
} from './words.ts';

/**
 * What the bot does for customers in a turn. Messages that came together are handled in their order; those that are
 * parts of one question are put together, see `sentences`.
 */
export function customerResponder(parts: CustomerParts): (turn: Turn) => Promise<void> {
  const dayIn = calendarDays();
  return async (turn) => {
    const talk = talkOf(turn, parts, dayIn(turn.now, parts.policy().policy.centre.timeZone));
    await sayInbox(talk);
    await parkIfTaken(talk);
    keepFiles(talk, turn.heard);
    const unread: string[] = [];
    // A file may come without a word; an empty message of another kind is still to be answered.
    const spoken = turn.heard.filter(({ text, files }) => !files || text.trim());
    const onlyFiles = spoken.length === 0 && turn.heard.length > 0;
    if (onlyFiles) return turn.episode.owner === 'queue' ? whileWaiting(talk, '') : answerFiles(talk);
    const queue: string[] = [];
    const opts = new Map(spoken.map((each) => [each.text, each.opts]));
    for (const { text, value } of spoken) {
      const left = turn.episode.owner === 'bot' ? leftIn(value) : undefined;
      if (left) await handInLeft(talk, left);
      else queue.push(text);
    }
    for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
      const opted = opting(talk, text, opts.get(text));
      if (opted) opted();
      else if (turn.episode.owner === 'queue') await whileWaiting(talk, text);
      else await toBot(talk, gather(talk, text, queue), unread);
    }
    await askKnowledge(talk, unread);
  };
}

const leaveMessage = z.object({
  leaveMessage: z.object({ text: z.string().max(1000), contact: z.string().max(40) }),
});

/** What a chat's own form for messages carries, while we could not be reached. */
function leftIn(value: unknown): { description: string; contact: string } | undefined {
  const left = leaveMessage.safeParse(value).data?.leaveMessage;
  return left && { description: left.text, contact: left.contact };
}

/**
 * Answers files that came without a word. The bot doesn't look into them: in a form they go with the ticket, and the
 * form asks on; elsewhere a person or a ticket is offered, which will have them.
 */
async function answerFiles(talk: Talk): Promise<void> {
  const { memory, turn, locale } = talk;
  const { form } = memory;
  if (form && form.phase !== 'parked') {
    tellCustomer(talk, 'form', t(locale, 'customer.file_for_form'));
    await continueForm(talk, t(locale, 'form.resume'));
    return;
  }
  offer(talk, 'unknown', t(locale, 'customer.file_received'), [humanOffer(talk), messageOffer(talk)]);
  // Nothing was asked, so nothing is unknown.
  turn.note('notice');
}

/** Acts on a message; one that only the knowledge can understand is added to `unread`. */
async function toBot(talk: Talk, said: string, unread: string[]): Promise<void> {
  const { turn, memory } = talk;
  // What fills a form tells no language: an address in Latin letters must not turn it into English.
  if (!memory.form) turn.locale = languageOf(said) ?? turn.locale;
  let text: string | undefined = said;
  if (memory.form) {
    if (wantsHuman(said)) return handOff(talk, 'asked');
    if (wantsMenu(said) && !isBareNumber(said)) parkForm(talk);
    text = await continueForm(talk, said);
    if (text === undefined) return;
  }
  const act = understand(talk, text);
  if (!act) {
    unread.push(text);
    return;
  }
  await askKnowledge(talk, unread.splice(0));
  await act();
}

/** What a message wants besides an answer; undefined: ask the knowledge. */
function understand(talk: Talk, text: string): (() => Promise<void> | void) | undefined {
  const { offers } = talk.memory;
  const act = offers && picked(offers, text, readNumberChoice);
  if (act) return () => follow(talk, act, text);
  if (wantsHuman(text) || wantsHumanBesides(text))
    return () => handOff(talk, 'asked', entryBehind(talk, text, 'handoff'));
  const stray = offers && strays(offers, text);
  if (wantsMenu(text) && !stray) return () => showMenu(talk, [], entryBehind(talk, text, 'menu:main'));
  const joins = joining(talk, text);
  if (joins) return joins;
  const form = startsForm(text);
  if (form) return () => startForm(talk, form, withoutStart(text), entryBehind(talk, text, `form:${form}`));
  const status = asksStatus(talk, text);
  // Without a ticket in this conversation the knowledge tells where else to look.
  if (status === 'newest') return async () => sayStatus(talk, text);
  if (status) return () => tellStatus(talk, status);
  return remark(talk, text) ?? (stray ? () => offerAgain(talk, offers) : undefined);
}

async function sayStatus(talk: Talk, text: string): Promise<void> {
  const reply = lookUp(talk, text);
  const entry =
    reply.outcome === 'answer' && reply.entry.action === 'ticket-status' ? reply.entry : undefined;
  return entry ? sayEntry(talk, entry, reply.score) : tellStatus(talk, 'newest');
}

/** Words that ask nothing. */
function remark(talk: Talk, text: string): (() => void) | undefined {
  const { locale, memory } = talk;
  const said = text.normalize('NFKC').trim();
  if (memory.done && /^(确认提交|提交|confirm and submit)$/i.test(said)) {
    const { number } = memory.done;
    return () => tellCustomer(talk, 'form', t(locale, 'ticket.already', { number }));
  }
  if (/^(取消|放弃|保持不变|跳过|返回上一步|cancel|discard|back)$/i.test(said))
    return () => remarkOn(talk, t(locale, 'customer.nothing_to_cancel'));
  const phrase = smallTalk(text);
  if (phrase) return () => remarkOn(talk, t(locale, phrase as 'customer.greeting'));
  if (wordless(text))
    return () => offer(talk, 'unknown', t(locale, 'customer.unreadable'), [menuOffer(talk)]);
  return undefined;
}

// No answer from the knowledge, and on the wire it doesn't pass for one.
function remarkOn(talk: Talk, text: string): void {
  tellCustomer(talk, 'unknown', text);
  talk.turn.note('notice');
}

/** Does what a choice stands for. */
async function follow(talk: Talk, act: Act, text: string): Promise<void> {
  const { parts, memory } = talk;
  switch (act.do) {
    case 'handoff':
      return handOff(talk, 'asked');
    case 'menu':
      return showMenu(talk, act.path);
    case 'form':
      return startForm(talk, act.name);
    case 'status':
      return tellStatus(talk, 'newest');
    case 'ask':
      return answer(talk, act.text);
    case 'none':
      delete memory.offers;
      return sayUnknown(talk, act.question, { score: 0, nearestId: null });
    case 'whole': {
      const entry = parts.knowledge.cite(act.id, talk);
      return entry ? sayWhole(talk, entry) : answer(talk, text);
    }
    case 'cite': {
      // It may have been withdrawn since it was offered.
      const entry = parts.knowledge.cite(act.id, talk);
      return entry ? sayEntry(talk, entry, 1) : answer(talk, text);
    }
  }
}

/** Asks what is left, each question once. */
async function askKnowledge(talk: Talk, texts: string[]): Promise<void> {
  const cited = new Set<string>();
  for (const question of sentences(texts, (text) => lookUp(talk, text).outcome === 'answer')) {
    const reply = await consult(talk, question);
    const id = reply.outcome === 'answer' ? reply.entry.id : undefined;
    if (id && cited.has(id)) continue;
    if (id) cited.add(id);
    await sayReply(talk, question, reply);
  }
}

/**
 * Puts messages that came together into questions: one that is answered by itself is a question, others are joined
 * with what follows until there is an answer. 「宽带」「怎么移机」 is one question.
 */
export function sentences(texts: readonly string[], answered: (text: string) => boolean): string[] {
  if (texts.length < 2) return [...texts];
  const found: string[] = [];
  let begun = '';
  for (const text of texts) {
    const joined = begun ? `${begun} ${text}` : text;
    if (answered(joined)) {
      found.push(joined);
      begun = '';
    } else if (begun && answered(text)) {
      found.push(begun, text);
      begun = '';
    } else begun = joined;
  }
  return begun ? [...found, begun] : found;
}
