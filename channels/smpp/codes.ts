import type { SendResult } from '../channel.ts';
import { status } from './wire.ts';

const name = new Map(Object.entries(status).map(([key, code]) => [code, key]));

/** As the specification calls it: SMPP 3.4 §5.1.3. Codes of a vendor's own are shown in hex. */
export const statusName = (code: number): string => name.get(code) ?? `0x${code.toString(16)}`;

const codes = (...names: string[]) => new Set(names.map((each) => status[each]));
export const THROTTLED = codes('ESME_RTHROTTLED', 'ESME_RMSGQFUL');
const UNKNOWN = codes('ESME_RINVDSTADR');
/** Faults of the message or of our settings: the same again would fare the same. */
const PERMANENT = codes(
  'ESME_RINVMSGLEN',
  'ESME_RINVSRCADR',
  'ESME_RINVSERTYP',
  'ESME_RINVESMCLASS',
  'ESME_RINVSRCTON',
  'ESME_RINVSRCNPI',
  'ESME_RINVDSTTON',
  'ESME_RINVDSTNPI',
  'ESME_RINVREGDLVFLG',
  'ESME_RX_P_APPN',
  'ESME_RX_R_APPN',
  'ESME_RDELIVERYFAILURE',
  'ESME_RSERTYPUNAUTH',
  'ESME_RPROHIBITED',
  'ESME_RINVDCS',
);

/** What a status of submit_sm_resp means. Those that say nothing for sure are tried again until the message is too old. */
export function refusal(code: number, laterMs: number): SendResult {
  const reason = statusName(code);
  if (UNKNOWN.has(code)) return { permanent: reason, address: 'unknown' };
  if (PERMANENT.has(code)) return { permanent: reason };
  return { retryAfter: laterMs, reason };
}
