import { namesIn } from '../../dialog/names.ts';
import { isAppError } from '../../errors.ts';
import { t } from '../../i18n/index.ts';
import { everybody, personByNumber } from '../../people/directory.ts';
import { timeText } from '../leave/words.ts';
import type { Talk } from '../talk.ts';
import { button } from './card.ts';
import { alertedHandovers, currentHandover } from './find.ts';
import { fillIn, MOST_CHARACTERS } from './form.ts';
import { closeItem } from './items.ts';
import { leads } from './leaders.ts';
import { type Asked, moveHandover } from './move.ts';
import { raiseItem } from './raise.ts';
import { type Handed, type HandoverSaid, readHandover } from './read.ts';
import { type HandoverRecord, handoverById } from './record.ts';
import { ended, missingSections, waitedFor } from './rules.ts';
import { nextText, sayHandover, sayNone, showCurrent, showItems, showPast, titleOf } from './show.ts';
import { SECTIONS, type Section } from './types.ts';
import { nameIn, namesText } from './words.ts';
import { answerQuestion, askQuestion, writeSections } from './write.ts';

/** Does what a sentence about a handover asks for; with no such sentence (`/handover`) it shows the one that goes on. */
export async function talkHandover(text: string, talk: Talk): Promise<void> {
  const said: Handed = readHandover(text) ?? { do: 'show' };
  if ('text' in said && said.text.length > MOST_CHARACTERS)
    return talk.turn.say('answer', t(talk.locale, 'handover.too_long', { max: MOST_CHARACTERS }));
  switch (said.do) {
    case 'show':
      return showCurrent(talk);
    case 'items':
      return showItems(talk);
    case 'past':
      return showPast(text, talk);
    case 'item':
      return raise(said.text, talk);
    case 'close':
      return close(said.no, said.text, talk);
    case 'answer':
      return answer(said.no, said.text, talk);
  }
  const { sql } = talk.turn.unit;
  const own = said.handoverId === undefined ? undefined : await handoverById(sql, said.handoverId);
  if (own && ended(own)) return sayOver(own, talk);
  const record = own ?? (await whereMissing(said, talk)) ?? (await currentHandover(sql, talk.person));
  if (!record) return sayNone(talk);
  await onCurrent(said, record, talk);
}

/** A button of a card that was left behind. */
function sayOver({ teamName: team, changeAt }: HandoverRecord, { turn, locale, reader }: Talk): void {
  turn.say('answer', t(locale, 'handover.over', { team, at: timeText(changeAt, reader) }));
}

/** 写交接; what stands after `/handover_write` is what to write. */
export function writeOrFill(text: string, talk: Talk): Promise<void> {
  return talkHandover(readHandover(text) ? text : `写交接 ${text}`, talk);
}

async function onCurrent(said: HandoverSaid, record: HandoverRecord, talk: Talk): Promise<void> {
  switch (said.do) {
    case 'fill':
      if (mayWrite(record, talk) && (await fillIn(talk))) return;
      return sayHandover(record, talk, titleOf(record, talk), 'answer');
    case 'write':
      return write(said, record, talk);
    case 'complete':
      return move({ do: 'complete' }, record, talk);
    case 'nothingElse':
      return nothingElse(said.complete, record, talk);
    case 'takeOver':
      return move({ do: 'accept' }, record, talk);
    case 'readBack': {
      const item = record.list.find(({ no }) => no === said.no);
      if (item) return move({ do: 'readBack', itemId: item.id }, record, talk);
      return talk.turn.say('answer', t(talk.locale, 'handover.refused_no_item'));
    }
    case 'ask':
      return ask(said.text, record, talk);
    case 'release':
    case 'standIn':
      return decide(said, record, talk);
  }
}

async function write(
  { section, text }: Extract<HandoverSaid, { do: 'write' }>,
  { id }: HandoverRecord,
  talk: Talk,
): Promise<void> {
  const { turn, parts, person, locale } = talk;
  if (!section) {
    const actions = SECTIONS.map((each) => {
      const label = t(locale, `handover.section_${each}`);
      return { title: label, value: t(locale, 'handover.which_button', { section: label, text }) };
    });
    return turn.say('choices', t(locale, 'handover.which_section'), { actions });
  }
  const written = await allowed(talk, () =>
    writeSections(turn.unit, parts, { id, by: person, sections: { [section]: text }, append: true }),
  );
  if (!written) return;
  const actions = [
    button(t(locale, 'handover.button_fill'), { id }),
    button(t(locale, 'handover.button_complete'), { id }),
  ];
  const label = t(locale, `handover.section_${section}`);
  turn.say('answer', t(locale, 'handover.written', { section: label }), { actions });
}

/** 「其余无」: what must be written and is not is nothing. */
async function nothingElse(complete: boolean, record: HandoverRecord, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const word = t(locale, 'handover.nothing');
  if (complete) return move({ do: 'complete', nothingElse: word }, record, talk);
  const missing = missingSections(record.sections, parts.policy().policy.handover.required);
  const sections = Object.fromEntries(missing.map((section) => [section, word]));
  const { id } = record;
  if (!(await allowed(talk, () => writeSections(turn.unit, parts, { id, by: person, sections })))) return;
  const actions = [
    button(t(locale, 'handover.button_complete'), record),
    button(t(locale, 'handover.button_fill'), record),
  ];
  turn.say('answer', t(locale, 'handover.form_written'), { actions });
}

/** Which sections have to be written first, and the short way. */
function sayEmpty(missing: readonly Section[], of: Pick<HandoverRecord, 'id'>, { turn, locale }: Talk): void {
  const list = missing.map((each) => t(locale, `handover.section_${each}`));
  const said = t(locale, 'handover.empty_sections', { list: list.join(t(locale, 'handover.separator')) });
  const actions = [
    button(t(locale, 'handover.button_fill'), of),
    button(t(locale, 'handover.button_nothing_else'), of),
  ];
  turn.say('answer', said, { actions });
}

/** Of several teams' handovers the one in which the person named is missing: for who leads them all. */
async function whereMissing(said: HandoverSaid, talk: Talk): Promise<HandoverRecord | undefined> {
  if (said.do !== 'release' && said.do !== 'standIn') return undefined;
  const { sql } = talk.turn.unit;
  const person = said.who === undefined ? undefined : await personByNumber(sql, said.who);
  return (await alertedHandovers(sql)).find(
    (record) =>
      leads(talk.person, record.teamId) &&
      waitedFor(record).some((id) => id === person?.id || nameIn(record, id) === said.who),
  );
}

const mayWrite = ({ outgoing, teamId }: HandoverRecord, { person }: Talk) =>
  outgoing.includes(person.id) || leads(person, teamId);

/** A move and what is said about it. */
async function move(asked: Asked, { id }: HandoverRecord, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const result = await moveHandover(turn.unit, parts, { id, by: person, asked }, turn.now);
  if ('refused' in result && result.missing) return sayEmpty(result.missing, { id }, talk);
  if ('refused' in result) {
    const refused = t(locale, `handover.refused_${result.refused}`);
    const record = await currentHandover(turn.unit.sql, person);
    const next = record && nextText(record, talk);
    if (!record || !next) return turn.say('answer', refused);
    return sayHandover(record, talk, `${refused}\n${next}`, 'answer');
  }
  const { record } = result;
  const names = namesText(record, waitedFor(record), locale);
  const at = timeText(record.changeAt, reader);
  switch (asked.do) {
    case 'complete':
      return turn.say('answer', t(locale, 'handover.done_complete'));
    case 'accept':
      return turn.say(
        'answer',
        waitedFor(record).length > 0
          ? t(locale, 'handover.done_accept_wait', { names })
          : t(locale, 'handover.done_accept', { at }),
      );
    case 'readBack':
      return sayHandover(record, talk, nextText(record, talk) ?? titleOf(record, talk), 'answer');
    case 'decide': {
      const name =
        asked.missingId === null ? t(locale, 'handover.decision_nobody') : nameIn(record, asked.missingId);
      const standIn = nameIn(record, asked.standInId ?? '');
      const said = t(locale, `handover.decided_${asked.kind}`, { name, standIn });
      return sayHandover(record, talk, said, 'answer');
    }
  }
}

async function decide(
  said: Extract<HandoverSaid, { do: 'release' | 'standIn' }>,
  record: HandoverRecord,
  talk: Talk,
): Promise<void> {
  const { turn, locale } = talk;
  const { sql } = turn.unit;
  const waiting = waitedFor(record);
  const named = (text: string) => waiting.find((id) => nameIn(record, id) === text) ?? null;
  const byNumber = said.who === undefined ? undefined : await personByNumber(sql, said.who);
  const missingId = said.who === undefined ? null : (byNumber?.id ?? named(said.who));
  if (said.who !== undefined && missingId === null)
    return turn.say('answer', t(locale, 'handover.whom', { name: said.who }));
  if (!said.text) {
    const name = said.who ?? t(locale, 'handover.decision_nobody');
    const example = t(locale, 'handover.example_release', { name });
    return turn.say('answer', t(locale, 'handover.need_note', { example }));
  }
  if (said.do === 'release')
    return move({ do: 'decide', kind: 'release', missingId, standInId: null, note: said.text }, record, talk);
  const [mention] = namesIn(said.standIn, await everybody(sql), talk.person);
  const standIn = only(mention?.people ?? []);
  if (!standIn) return turn.say('answer', t(locale, 'handover.whom', { name: said.standIn }));
  const asked = {
    do: 'decide',
    kind: 'stand_in',
    missingId,
    standInId: standIn.id,
    note: said.text,
  } as const;
  return move(asked, record, talk);
}

const only = <T>(found: readonly T[]) => (found.length === 1 ? found[0] : undefined);

async function raise(text: string, { turn, parts, person, locale }: Talk): Promise<void> {
  const { teamId, id: by } = person;
  if (!teamId) return turn.say('answer', t(locale, 'handover.refused_not_yours'));
  const { no } = await raiseItem(turn.unit, parts, { by, teamId, text }, turn.now);
  turn.say('answer', t(locale, 'handover.item_added', { no }));
}

async function close(no: number, note: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  if (!note) return turn.say('answer', t(locale, 'handover.close_how', { no }));
  const words = { not_found: 'handover.item_gone', conflict: 'handover.item_closed_before' } as const;
  const done = await allowed(
    talk,
    () => closeItem(turn.unit, parts, { by: person, no, note }, turn.now),
    words,
    no,
  );
  if (done) turn.say('answer', t(locale, 'handover.item_done', { no, note }));
}

async function ask(text: string, { id }: HandoverRecord, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const no = await allowed(talk, () => askQuestion(turn.unit, parts, { id, by: person, text }, turn.now));
  if (no !== undefined) turn.say('answer', t(locale, 'handover.asked_done', { no }));
}

async function answer(no: number, text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const words = { not_found: 'handover.question_gone', conflict: 'handover.question_before' } as const;
  const asked = () => answerQuestion(turn.unit, parts, { no, by: person, answer: text }, turn.now);
  if (await allowed(talk, asked, words, no)) turn.say('answer', t(locale, 'handover.answer_done'));
}

type Refused = Partial<
  Record<
    'not_found' | 'conflict',
    | 'handover.item_gone'
    | 'handover.item_closed_before'
    | 'handover.question_gone'
    | 'handover.question_before'
  >
>;

/** What the work brings, or the words for why it was refused: refusals come before anything is written. */
async function allowed<T>(
  { turn, locale }: Talk,
  work: () => Promise<T>,
  words: Refused = {},
  no = 0,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error, 'forbidden')) turn.say('answer', t(locale, 'handover.refused_not_yours'));
    else if (isAppError(error, 'not_allowed_now')) turn.say('answer', t(locale, 'handover.not_now'));
    else if (isAppError(error, 'not_found') && words.not_found)
      turn.say('answer', t(locale, words.not_found, { no }));
    else if (isAppError(error, 'conflict') && words.conflict)
      turn.say('answer', t(locale, words.conflict, { no }));
    else throw error;
    return undefined;
  }
}
