import type { Channel } from '../../channels/channel.ts';
import type { Database } from '../../prisma/client.ts';
import type { AddressVault } from '../conversation/threads.ts';
import type { Audit } from '../people/audit.ts';
import type { PolicyVersion } from '../policy/versions.ts';

export interface LinkingParts {
  db: Database;
  audit: Audit;
  vault(): AddressVault;
  policy(): PolicyVersion;
  channelOf(account: string): Channel | undefined;
}
