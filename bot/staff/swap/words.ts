import { t } from '../../i18n/index.ts';
import type { Reader } from '../leave/explain.ts';
import { timeText } from '../leave/words.ts';
import { dutyText, explainSwap } from './explain.ts';
import type { SwapRecord } from './record.ts';

/** A swap in one line: who works what for whom. */
export function swapText(
  { kind, giverId, partnerId, shift, back, names }: SwapRecord,
  reader: Reader,
): string {
  const { locale } = reader;
  const giver = names[giverId] ?? '';
  const taker = (partnerId && names[partnerId]) || t(locale, 'swap.somebody');
  const what = { giver, taker, shift: dutyText(shift, reader) };
  if (kind === 'open') return t(locale, 'swap.line_open', what);
  return back
    ? t(locale, 'swap.line', { ...what, back: dutyText(back, reader) })
    : t(locale, 'swap.line_give', what);
}

/** How it stands: with whom it waits, what became of it and why; whether the return shift is due. `now` is epoch ms. */
export function standingText(record: SwapRecord, reader: Reader, now: number): string {
  const { locale } = reader;
  const { state, names, partnerId, seats, consents, endedBy } = record;
  const people = (ids: readonly string[]) =>
    ids.map((id) => names[id] ?? '').join(t(locale, 'leave.list_separator'));
  switch (state) {
    case 'peer_pending':
      return partnerId
        ? t(locale, 'swap.state_peer_pending', { who: people([partnerId]) })
        : t(locale, 'swap.state_peer_anyone');
    case 'leader_pending': {
      const or = (ids: readonly string[]) => ids.map((id) => names[id] ?? '').join(t(locale, 'swap.or'));
      const open = seats.filter(({ by }) => by === undefined).map(({ leaders }) => or(leaders));
      return t(locale, 'swap.state_leader_pending', { who: open.join(t(locale, 'leave.list_separator')) });
    }
    case 'approved':
      return t(locale, 'swap.state_approved');
    case 'applied':
      return appliedText(record, reader, now);
    case 'declined': {
      const last = consents.findLast(({ decision }) => decision === 'decline');
      const who = people(last ? [last.personId] : []);
      return last?.note
        ? t(locale, 'swap.state_declined_because', { who, note: last.note })
        : t(locale, 'swap.state_declined', { who });
    }
    case 'expired':
      return t(locale, 'swap.state_expired', { at: timeText(record.expiresAt, reader) });
    case 'superseded':
      return t(locale, 'swap.state_superseded_because', { note: voidText(record, reader) });
    case 'withdrawn':
    case 'revoked':
      return t(locale, `swap.state_${state}`, { who: people(endedBy ? [endedBy] : []) });
  }
}

function appliedText({ back }: SwapRecord, reader: Reader, now: number): string {
  const { locale } = reader;
  if (!back) return t(locale, 'swap.state_applied');
  const shift = { back: dutyText(back, reader) };
  return back.to <= now
    ? t(locale, 'swap.state_applied_done', shift)
    : t(locale, 'swap.state_applied_due', shift);
}

function voidText({ checks }: SwapRecord, reader: Reader): string {
  const why = checks.verdicts.find(({ result }) => result === 'refuse');
  return why
    ? explainSwap(why, reader).split('\n').slice(0, 2).join('')
    : t(reader.locale, 'swap.roster_changed');
}
