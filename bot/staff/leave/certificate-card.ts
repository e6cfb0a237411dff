import type { Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import { type CardHandler, openCard, openCards, tokensOf } from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { localeOf, t } from '../../i18n/index.ts';
import { personById } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { StaffParts } from '../parts.ts';
import type { Talk } from '../talk.ts';
import { type Certificate, certificatesOf, counting, decideCertificate } from './certificate.ts';
import type { Reader } from './explain.ts';
import { uncertified } from './life.ts';
import { type LeaveRecord, leaveById } from './record.ts';
import { datesText, leaveText, readerOf, spanText } from './words.ts';

export const CERTIFICATE_CARD = 'leave_certificate';
const CHOICES = ['accept', 'refuse'];

/** What pressing a certificate's card does: only who leads the person's team may. */
export function certificateCardHandler(parts: StaffParts): CardHandler {
  return async (unit, press) => {
    const by = press.presserId ? await personById(unit.sql, press.presserId) : undefined;
    const requestId = String(press.data.requestId ?? '');
    const before = await leaveById(unit.sql, requestId);
    if (!by || !before || !may(by, 'leave.manage', { teamId: before.teamId }))
      throw new AppError('forbidden');
    const note = press.note?.trim() ?? '';
    const accept = press.choice === 'accept';
    const asked = { certificateId: press.subjectId, by: by.id, accept, note, now: press.now };
    const { record, certificate, open } = await decideCertificate(unit, parts, asked);
    const locale = localeOf(String(press.data.locale ?? ''));
    const reader = readerOf(locale, parts.policy().policy, press.now);
    const outcome = t(
      locale,
      certificate.state === 'accepted' ? 'leave.certificate_taken' : 'leave.certificate_given_back',
    );
    return { decided: { ...certificateCard(record, certificate, open, reader), outcome } };
  };
}

/** Says a certificate's card to the shift leader, with buttons. */
export async function sayCertificateCard(
  record: LeaveRecord,
  id: string | undefined,
  talk: Talk,
): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const all = await certificatesOf(turn.unit, record.id);
  const certificate = all.find((each) => each.id === id);
  if (certificate?.state !== 'waiting') return;
  const card = certificateCard(record, certificate, uncertified(record.span, counting(all)), reader);
  const at = { conversationId: turn.conversation.id, personId: person.id, now: turn.now };
  const tokens = await tokensFor(turn.unit, { ...at, certificate, locale });
  const button = (choice: 'accept' | 'refuse', style: 'primary' | 'danger') => ({
    ...{ title: t(locale, `leave.certificate_${choice}`), token: tokens[choice] ?? '', style },
  });
  const text = t(locale, 'leave.certificate_ask', { person: record.personName });
  const buttons = [button('accept', 'primary'), button('refuse', 'danger')];
  turn.say('notice', text, { card: { ...card, buttons } });
}

interface CardAt {
  conversationId: string;
  personId: string;
  now: number;
  locale: string;
  certificate: Certificate;
}

async function tokensFor(
  unit: Unit,
  { certificate, locale, ...at }: CardAt,
): Promise<Record<string, string>> {
  const open = await openCards(unit, { conversationId: at.conversationId, kind: CERTIFICATE_CARD });
  const known = open.find(({ subjectId }) => subjectId === certificate.id);
  if (known) return tokensOf(known.token, CHOICES);
  const data = { locale, requestId: certificate.requestId };
  const card = { kind: CERTIFICATE_CARD, subjectId: certificate.id, choices: CHOICES, data, ...at };
  return (await openCard(unit, card)).tokens;
}

function certificateCard(
  record: LeaveRecord,
  { from, to, fileName }: Certificate,
  open: readonly string[],
  reader: Reader,
): Card {
  const { locale } = reader;
  const fact = (
    label: 'fact_person' | 'fact_leave' | 'fact_file' | 'fact_dates' | 'fact_gaps',
    value: string,
  ) => (value ? [{ label: t(locale, `leave.${label}`), value }] : []);
  return {
    title: t(locale, 'leave.certificate_title', { person: record.personName }),
    facts: [
      ...fact('fact_person', `${record.personName}（${record.personNumber}）`),
      ...fact('fact_leave', leaveText(record, reader)),
      ...fact('fact_file', fileName),
      ...fact('fact_dates', spanText({ from, to }, reader)),
      ...fact('fact_gaps', datesText(open, reader)),
    ],
  };
}
