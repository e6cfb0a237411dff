import type { Database } from '../../prisma/client.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import type { TicketParts } from './create.ts';
import type { Publisher } from './tell.ts';

/** What the routes of tickets work with. */
export interface TicketRouteParts extends TicketParts, Publisher {
  db: Database;
  policy(): PolicyVersion;
}
