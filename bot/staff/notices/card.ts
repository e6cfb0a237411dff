import type { Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import { type CardHandler, openCard, openCards, tokensOf } from '../../dialog/cards.ts';
import { describeTime } from '../../dialog/dates/index.ts';
import { AppError } from '../../errors.ts';
import { type Locale, localeOf, t } from '../../i18n/index.ts';
import type { StaffParts } from '../parts.ts';
import { mark } from './receipts.ts';
import { type NoticeRow, noticeById } from './store.ts';

export const NOTICE_CARD = 'notice';
const CHOICES = ['open', 'confirm'];
/** A text up to this length stands on the card whole; of a longer one its beginning. */
const WHOLE = 300;

const isLong = ({ text }: NoticeRow) => text.length > WHOLE;

/** The notice as a card; `whole`: with its text in full, however long. */
export function noticeCard(notice: NoticeRow, locale: Locale, timeZone: string, whole: boolean): Card {
  const { title, text, mustRead, validUntil, authorName, files } = notice;
  const fact = (key: 'must' | 'until' | 'from' | 'files', value: string) => {
    return { label: t(locale, `notice.${key}`), value };
  };
  return {
    title: t(locale, 'notice.title', { title }),
    text: whole || !isLong(notice) ? text : `${text.slice(0, WHOLE)}…`,
    facts: [
      fact('from', authorName ?? t(locale, 'notice.system')),
      fact('must', t(locale, mustRead ? 'notice.must_read' : 'notice.may')),
      ...(validUntil === null ? [] : [fact('until', describeTime(validUntil, timeZone, locale))]),
      ...(files.length === 0 ? [] : [fact('files', files.map(({ name }) => name).join('\n'))]),
    ],
  };
}

const buttons = (
  tokens: Record<string, string>,
  locale: Locale,
  { mustRead }: NoticeRow,
  opened: boolean,
) => [
  ...(opened ? [] : [{ title: t(locale, 'notice.open'), token: tokens.open ?? '' }]),
  ...(mustRead || opened
    ? [{ title: t(locale, 'notice.confirm'), token: tokens.confirm ?? '', style: 'primary' as const }]
    : []),
];

/** The card with its buttons, in one chat: the one that is open there, or a new one. */
export async function askToRead(
  unit: Unit,
  notice: NoticeRow,
  at: { conversationId: string; personId: string; locale: Locale; timeZone: string; now: number },
): Promise<Card> {
  const { conversationId, personId, locale, timeZone, now } = at;
  const known = (await openCards(unit, { conversationId, kind: NOTICE_CARD })).find(
    ({ subjectId }) => subjectId === notice.id,
  );
  const tokens = known
    ? tokensOf(known.token, CHOICES)
    : (
        await openCard(unit, {
          ...{ kind: NOTICE_CARD, subjectId: notice.id, conversationId, personId, choices: CHOICES, now },
          data: { version: notice.version, locale },
        })
      ).tokens;
  const card = noticeCard(notice, locale, timeZone, false);
  return { ...card, buttons: buttons(tokens, locale, notice, false) };
}

/**
 * 查看 shows the text and is noted as opened; 已阅知悉 is noted once over all channels. A text that the card shows only in
 * part must be opened before it can be confirmed: nobody confirms what they can't have read.
 */
export function noticeCardHandler({ policy }: Pick<StaffParts, 'policy'>): CardHandler {
  return async (unit, press) => {
    const notice = await noticeById(unit.sql, press.subjectId);
    if (!notice || notice.withdrawnAt !== null) throw new AppError('gone');
    if (!press.personId || press.presserId !== press.personId) throw new AppError('forbidden');
    const locale = localeOf(String(press.data.locale ?? ''));
    const { timeZone } = policy().policy.centre;
    const whose = { noticeId: notice.id, personId: press.personId, version: Number(press.data.version) };
    const card = noticeCard(notice, locale, timeZone, true);
    const tokens = tokensOf(press.token, CHOICES);
    const early = press.choice === 'confirm' && isLong(notice) && !(await opened(unit, whose));
    const done = press.choice === 'confirm' && !early;
    if (!(await mark(unit.sql, done ? 'confirmed' : 'opened', whose, press.now))) throw new AppError('gone');
    if (done || !notice.mustRead) {
      const at = describeTime(press.now, timeZone, locale);
      const outcome = done ? t(locale, 'notice.confirmed', { at }) : t(locale, 'notice.opened');
      return { decided: { ...card, outcome } };
    }
    const text = early ? `${card.text}\n\n${t(locale, 'notice.read_first')}` : card.text;
    return { open: { ...card, ...(text && { text }), buttons: buttons(tokens, locale, notice, true) } };
  };
}

async function opened(
  { sql }: Unit,
  { noticeId, personId }: { noticeId: string; personId: string },
): Promise<boolean> {
  const text = `SELECT FROM notice_receipt WHERE notice_id = $1 AND person_id = $2 AND opened_at IS NOT NULL`;
  return (await sql.query({ text, values: [noticeId, personId] })).rowCount === 1;
}
