import { z } from 'zod';
import type { hot } from '../../../prisma/client.ts';
import { type Locale, t } from '../../i18n/index.ts';
import { timeText } from '../leave/words.ts';
import type { Talk } from '../talk.ts';
import { button } from './card.ts';
import { type HandoverRecord, handoverById, type Question } from './record.ts';
import { ended, waitedFor } from './rules.ts';
import { nextText, sayHandover } from './show.ts';
import { nameIn, namesText } from './words.ts';

const word = z.object({ handoverId: z.uuid(), no: z.number().optional() });

/** Says a word about a handover from elsewhere. What is out of date is not said. */
export async function sayHandoverWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const read = word.safeParse(data);
  const record = read.success ? await handoverById(talk.turn.unit.sql, read.data.handoverId) : undefined;
  if (!record) return;
  const { turn, locale, person, reader } = talk;
  const place = { team: record.teamName, at: timeText(record.changeAt, reader) };
  const waits = waitedFor(record).includes(person.id);
  const question = record.questions.find(({ no }) => no === read.data?.no);
  switch (kind) {
    case 'handover.opened':
      if (record.state !== 'open') return;
      return sayHandover(record, talk, t(locale, 'handover.opened', place), 'notice');
    case 'handover.coming':
      if (ended(record)) return;
      return turn.say('notice', t(locale, 'handover.coming', place));
    case 'handover.completed':
    case 'handover.stand_in': {
      if (!waits) return;
      const key = kind === 'handover.completed' ? 'handover.completed' : 'handover.stand_in';
      const text = t(locale, key, { ...place, name: nameIn(record, record.completedBy ?? '') });
      const next = nextText(record, talk);
      return sayHandover(record, talk, next ? `${text}\n${next}` : text, 'notice');
    }
    case 'handover.added': {
      const item = record.list.find(({ no }) => no === read.data?.no);
      if (waits && item) turn.say('notice', t(locale, 'handover.added', { no: item.no, text: item.text }));
      return;
    }
    case 'handover.asked':
      if (!question || question.answer !== null) return;
      turn.say('notice', askedText(question, record, locale));
      return;
    case 'handover.answered': {
      if (!question || question.answer === null) return;
      const { no, answer: text } = question;
      turn.say(
        'notice',
        t(locale, 'handover.answered', { no, text, name: nameIn(record, question.answererId ?? '') }),
      );
      return;
    }
    case 'handover.ended': {
      const deciders = [...new Set(record.decisions.map(({ by }) => by))];
      const names = namesText(record, deciders, locale);
      const how =
        deciders.length > 0
          ? t(locale, 'handover.ended_decided', { names })
          : t(locale, 'handover.ended_accepted');
      return turn.say('notice', t(locale, 'handover.ended', { ...place, how }));
    }
    case 'handover.stay':
      if (!ended(record)) turn.say('notice', t(locale, 'handover.stay', place));
      return;
    case 'handover.late':
      if (!ended(record)) sayLate(record, talk, place);
  }
}

const askedText = ({ no, text, askerId }: Question, record: HandoverRecord, locale: Locale) =>
  t(locale, 'handover.asked', { no, text, name: nameIn(record, askerId) });

function sayLate(record: HandoverRecord, { turn, locale }: Talk, place: { team: string; at: string }): void {
  const missing = waitedFor(record);
  const names = namesText(record, missing, locale);
  const why = [
    ...(record.state === 'open' ? [t(locale, 'handover.late_open')] : []),
    ...(missing.length > 0 ? [t(locale, 'handover.late_missing', { names })] : []),
    ...(record.incoming.length === 0 ? [t(locale, 'handover.late_nobody')] : []),
  ];
  const who = why.join(t(locale, 'handover.separator'));
  const released = record.incoming.length === 0 ? [t(locale, 'handover.decision_nobody')] : [];
  const whom = [...missing.map((id) => nameIn(record, id)), ...released];
  const actions = whom.map((name) => button(t(locale, 'handover.button_release', { name }), record));
  turn.say('notice', t(locale, 'handover.late', { ...place, who }), actions.length > 0 ? { actions } : {});
}
