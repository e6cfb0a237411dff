import type { Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import type { CardHandler } from '../../dialog/cards.ts';
import { AppError, isAppError } from '../../errors.ts';
import { localeOf, t } from '../../i18n/index.ts';
import { personById } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { Reader } from '../leave/explain.ts';
import { readerOf } from '../leave/words.ts';
import type { StaffParts } from '../parts.ts';
import { swapCard } from './card.ts';
import type { SwapPress } from './decide.ts';
import { explainSwap } from './explain.ts';
import type { SwapRecord } from './record.ts';
import { type Settled, settle } from './settle.ts';
import { standingText } from './words.ts';

/** What pressing a button about a swap does, whoever's word it is; it counts once, within the press. */
export function swapCardHandler(parts: StaffParts): CardHandler {
  return async (unit, press) => {
    const by = press.presserId ? await personById(unit.sql, press.presserId) : undefined;
    if (!by || !may(by, 'card.press', { personId: press.personId })) throw new AppError('forbidden');
    const reader = readerOf(localeOf(String(press.data.locale ?? '')), parts.policy().policy, press.now);
    const action = press.choice as SwapPress['action'];
    const word = { by: by.id, action, note: press.note?.trim() ?? '', at: press.now };
    const settled = await settle(unit, parts, press.subjectId, word).catch((error) =>
      said(error, action, reader),
    );
    if (typeof settled === 'string') return { open: { title: settled, outcome: settled } };
    return answer(unit, settled, { by: by.id, reader, now: press.now });
  };
}

/** A revocation that is too late, or built upon, is answered in words; nothing was written before. */
function said(error: unknown, action: SwapPress['action'], { locale }: Reader): string {
  if (isAppError(error, 'not_allowed_now')) return t(locale, 'swap.revoke_begun');
  if (isAppError(error, 'conflict') && action === 'revoke') return t(locale, 'swap.revoke_built');
  throw error;
}

async function answer(
  unit: Unit,
  { record, refused }: Settled,
  { by, reader, now }: { by: string; reader: Reader; now: number },
): Promise<{ decided: Card } | { open: Card }> {
  const { locale } = reader;
  const card = await swapCard(unit, record, reader, now);
  if (refused && !refused.gone) {
    const why = refused.checks.verdicts.filter(({ result }) => result === 'refuse');
    const text = [t(locale, 'swap.refused_head'), ...why.map((each) => explainSwap(each, reader))].join('\n');
    return { open: { ...card, text, outcome: text } };
  }
  return { decided: { ...card, outcome: outcomeFor(record, by, reader, now) } };
}

/** What the presser reads from now on: of a shift offered to many, whether it is theirs. */
function outcomeFor(record: SwapRecord, by: string, reader: Reader, now: number): string {
  const own =
    [record.partnerId, record.requesterId, record.giverId, ...record.leaderIds].includes(by) ||
    record.seats.some((seat) => seat.by === by);
  const over = record.partnerId === null && record.state !== 'peer_pending';
  if (own || over) return standingText(record, reader, now);
  const { locale } = reader;
  return t(locale, record.partnerId ? 'swap.claimed_other' : 'swap.not_interested');
}
