import type { Settings } from './settings.ts';
import { numberOf, octetsOf, type Pdu } from './wire.ts';

export interface Report {
  externalId: string;
  /** Undefined where it isn't the last word. */
  state: 'delivered' | 'failed' | undefined;
  reason?: string;
}

/** §5.2.12: the kind of message in esm_class. */
const KIND = 0x3c;
const RECEIPT = 0x04;
const INTERMEDIATE = 0x20;
/** §5.2.28, message_state; and their names in a receipt's text, appendix B. */
const STATES = ['', 'ENROUTE', 'DELIVRD', 'EXPIRED', 'DELETED', 'UNDELIV', 'ACCEPTD', 'UNKNOWN', 'REJECTD'];
const FAILED = ['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD', 'UNKNOWN'];

/**
 * A delivery receipt; undefined where the message isn't one. Its text alone makes none: a customer could write it.
 * TLVs go before the text, whose form (appendix B) is the vendor's own affair.
 */
export function receiptOf(
  pdu: Pdu,
  octets: Buffer,
  form: Settings['messageIds']['receipt'],
): Report | 'unreadable' | undefined {
  const kind = (numberOf(pdu, 'esm_class') ?? 0) & KIND;
  const named = octetsOf(pdu, 'receipted_message_id')?.toString('latin1').replaceAll('\0', '');
  const numbered = numberOf(pdu, 'message_state');
  const told = kind === RECEIPT || kind === INTERMEDIATE;
  if (!told && (named === undefined || numbered === undefined)) return undefined;
  const text = octets.toString('latin1');
  const field = (name: string) => new RegExp(`(?:^|\\s)${name}:\\s*(\\S+)`, 'i').exec(text)?.[1];
  const id = named || field('id');
  const stat = STATES[numbered ?? 0] || field('stat')?.toUpperCase();
  if (!id || !stat) return 'unreadable';
  const externalId = canonical(id, form);
  if (kind === INTERMEDIATE) return { externalId, state: undefined };
  if (stat.startsWith('DELIV')) return { externalId, state: 'delivered' };
  const [failed] = FAILED.filter((each) => each.startsWith(stat.slice(0, 7)));
  if (!failed) return { externalId, state: undefined };
  const error = networkError(pdu) ?? field('err');
  return { externalId, state: 'failed', reason: error ? `${failed} ${error}` : failed };
}

/** §5.3.2.31: one octet for the network, two for its code. */
function networkError(pdu: Pdu): string | undefined {
  const octets = octetsOf(pdu, 'network_error_code');
  return octets?.length === 3 ? `${octets[0]}:${octets.readUInt16BE(1)}` : undefined;
}

/**
 * One way to write an id: many SMSCs answer in hex and report in decimal, or the reverse. As text, only the case is
 * levelled.
 */
export function canonical(id: string, form: 'text' | 'hex' | 'decimal'): string {
  const trimmed = id.trim().toLowerCase();
  if (form === 'hex' && /^[0-9a-f]+$/.test(trimmed)) return BigInt(`0x${trimmed}`).toString();
  if (form === 'decimal' && /^\d+$/.test(trimmed)) return BigInt(trimmed).toString();
  return trimmed;
}
