import type { Sql } from '../../../prisma/client.ts';
import type { Audit } from '../../people/audit.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import type { Post } from '../post.ts';

/** What the handover asks of other parts that a centre may not have. */
export interface HandoverPorts {
  /** Incidents 突发事件 between two instants (epoch ms), a line each. */
  incidents?(sql: Sql, from: number, to: number): Promise<readonly string[]>;
}

export interface HandoverParts extends Post {
  readonly audit: Audit;
  /** The policy in force. */
  policy(): PolicyVersion;
  readonly handover?: HandoverPorts;
}
