import type { Knowledge } from '../../knowledge/index.ts';
import type { AddressVault } from '../conversation/threads.ts';
import type { Turn } from '../conversation/turn.ts';
import type { FormState } from '../dialog/form/index.ts';
import { type Locale, localeOf } from '../i18n/index.ts';
import type { Tries } from '../linking/codes.ts';
import type { Policy } from '../policy/schema.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import type { TicketParts } from '../tickets/create.ts';

/** What the customers' bot works with. */
export interface CustomerParts extends TicketParts {
  vault: AddressVault;
  knowledge: Knowledge;
  /** The policy in force. */
  policy(): PolicyVersion;
}

/** What pressing a choice, or replying with its number or title, does. */
export type Act =
  | { do: 'cite'; id: string }
  /** The whole wording of an entry whose short one was said. */
  | { do: 'whole'; id: string }
  | { do: 'ask'; text: string }
  | { do: 'form'; name: string }
  | { do: 'menu'; path: number[] }
  | { do: 'handoff' }
  | { do: 'status' }
  | { do: 'none'; question: string };

/** `zero`: a menu's last, which 0 picks and no other number. */
export type Offer = { title: string; act: Act; zero?: true };

/** A file that the customer sent, with when. */
export type SentFile = { id: string; name: string; at: number };

/** What the dialogue keeps in the conversation's row from turn to turn. All of it may be missing. */
export interface Memory extends Tries {
  form?: FormState;
  /** What was offered last; `base` is the number of the first, 0 stands for the last then. */
  offers?: Offer[];
  /** Failed understandings in a row. */
  misses?: number;
  /** The last few questions and the entries they were answered with: for whoever takes over. */
  questions?: string[];
  entryIds?: string[];
  /** The entry that was answered last, unless the knowledge had to say something else since: follow-ups lean on it. */
  topic?: string;
  /** Sent and in no ticket yet. */
  files?: SentFile[];
  /** The ticket number was asked for. */
  awaitsNumber?: boolean;
  /** The last form handed in, should its button be pressed again. */
  done?: { number: string };
  /** The customer was told that we don't write first any more. */
  optedOut?: boolean;
  /** While waiting: the customer was told that their words are passed on. */
  acknowledged?: boolean;
}

/** One turn of the customers' bot, with what its handlers share. */
export interface Talk {
  readonly turn: Turn;
  readonly parts: CustomerParts;
  readonly version: PolicyVersion;
  readonly policy: Policy;
  readonly memory: Memory;
  /** YYYY-MM-DD on the centre's calendar. */
  readonly today: string;
  readonly locale: Locale;
}

export function talkOf(turn: Turn, parts: CustomerParts, today: string): Talk {
  const version = parts.policy();
  return {
    ...{ turn, parts, version, policy: version.policy, memory: turn.state as Memory, today },
    get locale() {
      return localeOf(turn.locale);
    },
  };
}

/** Keeps a list short: the newest `most`. */
export function remember<T>(list: T[] | undefined, item: T, most: number): T[] {
  return [...(list ?? []).filter((had) => had !== item), item].slice(-most);
}
