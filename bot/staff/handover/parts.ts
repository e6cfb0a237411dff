import type { Sql } from '../../../prisma/client.ts';
import type { Audit } from '../../people/audit.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import type { Post } from '../post.ts';

/** A notice 通告 that somebody has not confirmed yet. */
export interface UnreadNotice {
  readonly personId: string;
  readonly title: string;
  /** Taking over waits until it has been read. */
  readonly blocks: boolean;
}

/** What the handover asks of other parts that a centre may not have. */
export interface HandoverPorts {
  /** Must-read notices that these colleagues have not confirmed at `now` (epoch ms). */
  unreadNotices?(sql: Sql, people: readonly string[], now: number): Promise<readonly UnreadNotice[]>;
  /** Incidents 突发事件 between two instants (epoch ms), a line each. */
  incidents?(sql: Sql, from: number, to: number): Promise<readonly string[]>;
}

export interface HandoverParts extends Post {
  readonly audit: Audit;
  /** The policy in force. */
  policy(): PolicyVersion;
  readonly handover?: HandoverPorts;
}
