import { numberOf, octetsOf, type Pdu } from './wire.ts';

/** Which part of which message, as the sender numbered it. */
export interface Place {
  /** Where the numbers stood: references of different kinds are never the same message. */
  kind: 'udh8' | 'udh16' | 'sar';
  ref: number;
  total: number;
  /** From 1. */
  no: number;
}

/** §5.2.12 of SMPP 3.4: the text begins with a header. */
export const UDHI = 0x40;
/** 3GPP TS 23.040 §9.2.3.24.1 and .8: concatenation with a reference of 8 or 16 bits. */
const CONCAT_8 = 0x00;
const CONCAT_16 = 0x08;

/** The header of one part of several. `ref`: 8 bits. */
export const header = (ref: number, total: number, no: number): Buffer =>
  Buffer.from([5, CONCAT_8, 3, ref & 0xff, total, no]);

/** A message's octets without its header, and its place among several if it has one. */
export function unpack(pdu: Pdu): { octets: Buffer; place: Place | undefined } {
  const short = octetsOf(pdu, 'short_message');
  const whole = short?.length ? short : (octetsOf(pdu, 'message_payload') ?? Buffer.alloc(0));
  const length = (whole[0] ?? 0) + 1;
  const headed = ((numberOf(pdu, 'esm_class') ?? 0) & UDHI) !== 0 && length <= whole.length;
  const udh = headed ? whole.subarray(1, length) : Buffer.alloc(0);
  const octets = headed ? whole.subarray(length) : whole;
  const place = valid(placeOfHeader(udh)) ?? valid(placeOfTlvs(pdu));
  return { octets, place };
}

function placeOfHeader(udh: Buffer): Place | undefined {
  for (let at = 0; at + 2 <= udh.length; ) {
    const id = udh[at];
    const data = udh.subarray(at + 2, at + 2 + (udh[at + 1] ?? 0));
    const [first = 0, second = 0, third = 0, fourth = 0] = data;
    if (id === CONCAT_8 && data.length === 3) return { kind: 'udh8', ref: first, total: second, no: third };
    if (id === CONCAT_16 && data.length === 4)
      return { kind: 'udh16', ref: first * 256 + second, total: third, no: fourth };
    at += 2 + data.length;
  }
  return undefined;
}

/** §5.3.2.22 to .24. */
function placeOfTlvs(pdu: Pdu): Place | undefined {
  const ref = numberOf(pdu, 'sar_msg_ref_num');
  const total = numberOf(pdu, 'sar_total_segments');
  const no = numberOf(pdu, 'sar_segment_seqnum');
  return ref === undefined || total === undefined || no === undefined
    ? undefined
    : { kind: 'sar', ref, total, no };
}

const valid = (place: Place | undefined): Place | undefined =>
  place && place.total > 1 && place.no >= 1 && place.no <= place.total ? place : undefined;
