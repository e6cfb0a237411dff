import type { Card } from '../../../../channels/channel.ts';
import type { Unit } from '../../../../prisma/client.ts';
import {
  type CardHandler,
  closeCards,
  holdCards,
  inEachLocale,
  type Press,
  tokensOf,
} from '../../../dialog/cards.ts';
import { AppError } from '../../../errors.ts';
import { type Locale, localeOf, t } from '../../../i18n/index.ts';
import { personById } from '../../../people/directory.ts';
import { may } from '../../../people/permissions.ts';
import type { Reader } from '../../leave/explain.ts';
import { readerOf } from '../../leave/words.ts';
import type { ActingParts } from '../../parts.ts';
import {
  buttonsOf,
  CHOICES,
  MATTER_CARD,
  MATTER_TASK,
  type MatterCardKind,
  type MatterChoice,
  matterCard,
} from './card.ts';
import { carrierNamed } from './carrier.ts';
import { type AskedOfMatter, keepMove, type MatterKept } from './keep.ts';
import { type MatterRecord, matterById } from './record.ts';
import { standingText } from './words.ts';

/** What pressing a button about a matter does; what needs words asks for them, and the card still counts. */
export function matterCardHandler(parts: ActingParts, kind: MatterCardKind): CardHandler {
  return async (unit, press) => {
    const by = press.presserId ? await personById(unit.sql, press.presserId) : undefined;
    if (!by || !may(by, 'card.press', { personId: press.personId })) throw new AppError('forbidden');
    const reader = readerOf(localeOf(String(press.data.locale ?? '')), parts.policy().policy, press.now);
    const record = await matterById(unit.sql, press.subjectId, { hold: true });
    if (!record) throw new AppError('gone');
    const open = (text: string) => ({ open: { ...still(press, kind, record, by.id, reader), text } });
    const asked = askedBy(press, record, reader.locale);
    if (!asked) return open(howTo(press, record, reader));
    const carrierId = asked.do === 'answer' ? await carrierNamed(unit.sql, asked.text, by) : null;
    if (carrierId === 'several') return open(t(reader.locale, 'matter.which_carrier'));
    const kept = await keepMove(
      unit,
      parts,
      { id: record.id, by: by.id, asked: withCarrier(asked, carrierId) },
      press.now,
    );
    const refused = 'refused' in kept ? kept.refused : undefined;
    if (refused === 'not_yours') throw new AppError('forbidden');
    if (stays(kind, kept, by.id)) {
      const text = refused && t(reader.locale, `matter.refused_${refused}`);
      return { open: { ...still(press, kind, kept.record, by.id, reader), ...(text && { text }) } };
    }
    return { decided: outcomeCard(kept.record, reader) };
  };
}

const withCarrier = (asked: AskedOfMatter, carrierId: string | null): AskedOfMatter =>
  asked.do === 'answer' ? { ...asked, carrierId } : asked;

/** A leader's card has done its work once the level has had its word; a follower's once it is carried out. */
function stays(kind: MatterCardKind, kept: MatterKept, by: string): boolean {
  if (kind === MATTER_TASK) return kept.record.state === 'instructed';
  if (!('refused' in kept)) return false;
  const { state, steps, level } = kept.record;
  return (state === 'waiting' || state === 'objected') && steps[level]?.approverId === by;
}

/** The move that the button means; undefined where it needs words that were not given. */
function askedBy(
  { choice, note }: Press,
  { suggestion }: MatterRecord,
  locale: Locale,
): AskedOfMatter | undefined {
  const text = note?.trim() ?? '';
  switch (choice as MatterChoice) {
    case 'agree':
      return {
        do: 'answer',
        text: text || t(locale, suggestion ? 'matter.agreed' : 'matter.agreed_plain', { suggestion }),
        carrierId: null,
      };
    case 'write':
      return text ? { do: 'answer', text, carrierId: null } : undefined;
    case 'pass':
    case 'acknowledge':
      return { do: choice as 'pass' | 'acknowledge', text };
    case 'object':
    case 'done':
      return text ? { do: choice as 'object' | 'done', text } : undefined;
  }
}

function howTo({ choice }: Press, { no }: MatterRecord, { locale }: Reader): string {
  return t(locale, `matter.how_${choice as 'write' | 'object' | 'done'}`, { no });
}

function still(press: Press, kind: MatterCardKind, record: MatterRecord, by: string, reader: Reader): Card {
  const tokens = tokensOf(press.token, [...CHOICES[kind]]);
  return { ...matterCard(record, reader), buttons: buttonsOf(kind, record, by, tokens, reader.locale) };
}

export function outcomeCard(record: MatterRecord, reader: Reader): Card {
  return { ...matterCard(record, reader), outcome: standingText(record, reader) };
}

/** A move by a sentence: the cards that asked for it say so from then on. */
export async function moveInWords(
  unit: Unit,
  parts: ActingParts,
  { id, by, asked, reader }: { id: string; by: string; asked: AskedOfMatter; reader: Reader },
  now: number,
): Promise<MatterKept> {
  // Cards before the matter, as a press takes them: the other way round the two would wait for each other.
  for (const kind of [MATTER_CARD, MATTER_TASK]) await holdCards(unit, { kind, subjectId: id });
  const kept = await keepMove(unit, parts, { id, by, asked }, now);
  if ('refused' in kept) return kept;
  const done = asked.do === 'answer' || asked.do === 'pass' ? MATTER_CARD : MATTER_TASK;
  if (done === MATTER_CARD || kept.record.state !== 'instructed')
    await closeCards(unit, {
      ...{ kind: done, subjectId: id, now },
      outcomes: await inEachLocale((locale) => outcomeCard(kept.record, { ...reader, locale })),
    });
  return kept;
}
