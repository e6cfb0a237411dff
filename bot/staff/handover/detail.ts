import type { z } from 'zod';
import type { Database, Sql } from '../../../prisma/client.ts';
import type { AddressVault } from '../../conversation/threads.ts';
import type { SignedInPerson } from '../../http/route.ts';
import type { Sealing } from '../../people/sealing.ts';
import { loadFacts } from './facts.ts';
import { leads } from './leaders.ts';
import type { HandoverParts } from './parts.ts';
import type { HandoverRecord } from './record.ts';
import { verifySeal } from './seal.ts';
import { asDetail, type detailView } from './views.ts';

export interface HandoverRouteParts extends Omit<HandoverParts, 'vault'> {
  readonly db: Database;
  readonly sealing: Sealing;
  /** Asked when it is needed: the route table is made before there is one. */
  vault(): AddressVault;
}

/** What the reader is shown; figures are live until they are kept. */
export async function detailOf(
  { sealing, policy, handover: ports }: Pick<HandoverRouteParts, 'sealing' | 'policy' | 'handover'>,
  sql: Sql,
  record: HandoverRecord,
  person: SignedInPerson,
  now: number,
): Promise<z.input<typeof detailView>> {
  const facts = record.facts ?? (await loadFacts(sql, record, ports, now));
  const seal = await verifySeal(sql, sealing, record);
  const { required } = policy().policy.handover;
  return asDetail(record, facts, seal, { id: person.id, leads: leads(person, record.teamId), required });
}
