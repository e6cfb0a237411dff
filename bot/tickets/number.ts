import { Temporal } from 'temporal-polyfill';

const SPACE = 100_000_000;
// Odd and no multiple of 5, so it permutes 0 … 10^8 − 1; near the golden ratio of it, so that neighbours lie far
// apart and a number tells neither how many tickets there are nor the next one.
const STRIDE = 61_803_399;

export interface TicketNumber {
  /** TS|BX|YW + yyyymmdd + 8 digits. */
  number: string;
  /** What a customer reads out on the telephone; unique by itself. */
  last8: string;
}

/**
 * The number 工单号 of a ticket: kind's prefix, the date of acceptance in the centre's zone, and a permutation of the
 * serial.
 * @param serial 1 … 99,999,999, from the sequence `ticket_serial`
 */
export function ticketNumber(prefix: string, serial: number, now: number, timeZone: string): TicketNumber {
  if (!Number.isInteger(serial) || serial < 1 || serial >= SPACE) throw new RangeError('serial out of range');
  const date = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  // Below 2^53: the product of two numbers under 10^8 is exact.
  const last8 = String((serial * STRIDE) % SPACE).padStart(8, '0');
  return { number: prefix + date.toString().replaceAll('-', '') + last8, last8 };
}

const FULL = /(?<![A-Z0-9])([A-Z]{2})[\s-]?(20\d{6})[\s-]?(\d{8})(?!\d)/;
const LAST8 = /(?<!\d)\d{8}(?!\d)/;

/** The ticket number in somebody's words: `{ number }` whole, or `{ last8 }`; full-width and spaced ones too. */
export function readTicketNumber(text: string): { number: string } | { last8: string } | undefined {
  const plain = text.normalize('NFKC').toUpperCase();
  const full = FULL.exec(plain);
  if (full) return { number: full.slice(1).join('') };
  const last8 = LAST8.exec(plain)?.[0];
  return last8 === undefined ? undefined : { last8 };
}
