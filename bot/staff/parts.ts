import type { Cards } from '../dialog/cards.ts';
import type { Audit } from '../people/audit.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import type { HandoverPorts } from './handover/parts.ts';
import type { Post } from './post.ts';

/** What the staff bot works with. */
export interface StaffParts extends Post {
  readonly audit: Audit;
  readonly cards: Cards;
  /** The policy in force. */
  policy(): PolicyVersion;
  /** What the handover asks of parts that a centre may not have. */
  readonly handover?: HandoverPorts;
}

/** What decisions need that may come from elsewhere than a chat: a page, the clock. */
export type ActingParts = Omit<StaffParts, 'cards'>;
