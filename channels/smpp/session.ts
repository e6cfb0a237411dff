import type { Inbound } from './inbound.ts';
import type { Guest } from './link.ts';
import type { Arrival, Repeats } from './repeats.ts';
import { type Pdu, status } from './wire.ts';

/** Takes in what one session brings. What could not be written down is refused for now, so that it comes again. */
export function attend(inbound: Inbound, repeats: Repeats, onError: (error: unknown) => void): Guest {
  const arrivals = new Map<Pdu, Arrival>();
  return {
    async deliver(pdu) {
      try {
        const arrival = await inbound.deliver(pdu, repeats);
        if (arrival) arrivals.set(pdu, arrival);
        return 0;
      } catch (error) {
        onError(error);
        return status.ESME_RX_T_APPN ?? 0x64;
      }
    },
    answered(pdu, ok) {
      const arrival = arrivals.get(pdu);
      arrivals.delete(pdu);
      if (arrival && ok) repeats.answered(arrival, true);
    },
    ended: (settled) => repeats.ended(settled),
  };
}
