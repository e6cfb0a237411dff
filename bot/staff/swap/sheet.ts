import { Temporal } from 'temporal-polyfill';
import { t } from '../../i18n/index.ts';
import type { Reader } from '../leave/explain.ts';
import { timeText } from '../leave/words.ts';
import type { Rows } from '../roster/files/rows.ts';
import { dutyText } from './explain.ts';
import type { SwapRecord } from './record.ts';
import { standingText } from './words.ts';

const COLUMNS = [
  ...(['number', 'date', 'kind', 'giver', 'taker', 'shift', 'back'] as const),
  ...(['reason', 'leaders', 'state', 'return'] as const),
];

/**
 * The swap record 换班记录表, a line for each swap.
 * @param numbers 工号 by person's id
 * @param now epoch ms: whether a return shift is due
 */
export function swapSheet(
  records: readonly SwapRecord[],
  numbers: ReadonlyMap<string, string>,
  reader: Reader,
  now: number,
): Rows {
  const { locale } = reader;
  const head = COLUMNS.map((column) => t(locale, `swap.col_${column}`));
  return [
    head,
    ...records.map((record, index) => [String(index + 1), ...cells(record, numbers, reader, now)]),
  ];
}

function cells(
  record: SwapRecord,
  numbers: ReadonlyMap<string, string>,
  reader: Reader,
  now: number,
): string[] {
  const { kind, state, requesterId, partnerId, shift, back, reason, names } = record;
  const { locale, timeZone } = reader;
  const who = (id: string) =>
    t(locale, 'swap.partner_option', { name: names[id] ?? '', number: numbers.get(id) ?? '' });
  const asked = Temporal.Instant.fromEpochMilliseconds(record.createdAt).toZonedDateTimeISO(timeZone);
  return [
    asked.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '),
    t(locale, `swap.kind_${kind}`),
    who(requesterId),
    partnerId ? who(partnerId) : '',
    dutyText(shift, reader),
    back ? dutyText(back, reader) : '',
    reason,
    leaders(record, reader),
    // The return has its own column.
    state === 'applied' ? t(locale, 'swap.state_applied') : standingText(record, reader, now),
    back && state === 'applied' ? t(locale, back.to <= now ? 'swap.return_done' : 'swap.return_due') : '',
  ];
}

/** What each leader said, when and why. */
function leaders({ consents, names, seats }: SwapRecord, reader: Reader): string {
  const { locale } = reader;
  const whoOf = (id: string) => {
    const who = names[id] ?? '';
    const instead = seats.filter(({ by, leaders: own }) => by === id && !own.includes(id));
    const [leader] = instead.flatMap((seat) => seat.leaders);
    return leader ? t(locale, 'swap.in_place_of', { who, leader: names[leader] ?? '' }) : who;
  };
  return consents
    .filter((consent) => consent.as === 'leader')
    .map(({ personId, decision, note, at }) => {
      const said = {
        who: whoOf(personId),
        word: t(locale, `swap.${decision}`),
        at: timeText(at, reader),
      };
      return note ? t(locale, 'swap.leader_because', { ...said, note }) : t(locale, 'swap.leader_said', said);
    })
    .join('\n');
}
