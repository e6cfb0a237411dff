import { z } from 'zod';
import type { Sql } from '../../../prisma/client.ts';
import type { Locale } from '../../i18n/index.ts';
import { type Actor, may } from '../../people/permissions.ts';
import type { ActingParts } from '../parts.ts';
import { insteadOf, mayDecide } from './away.ts';
import { leaveCard } from './card.ts';
import { certificatesOf } from './certificate.ts';
import { pressLeave } from './decide.ts';
import { isOverdue } from './later.ts';
import { type LeaveRecord, progressOf } from './record.ts';
import { leaveText, readerOf, standingText } from './words.ts';

/** A leave as the console shows it: its words, and what the reader may do with it now. */
export const leaveView = z.strictObject({
  id: z.uuid(),
  person: z.string(),
  number: z.string(),
  state: z.enum(['pending', 'approved', 'refused', 'withdrawn']),
  leave: z.string(),
  standing: z.string(),
  /** ISO dates. */
  from: z.string(),
  to: z.string(),
  facts: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  overdue: z.boolean(),
  certificate: z.enum(['due', 'handed_in', 'accepted', 'missing']).nullable(),
  certificates: z.array(
    z.strictObject({
      ...{ id: z.uuid(), name: z.string(), from: z.string(), to: z.string() },
      state: z.enum(['waiting', 'accepted', 'refused']),
    }),
  ),
  can: z.strictObject({
    decide: z.boolean(),
    withdraw: z.boolean(),
    /** `early`: it still runs. */
    back: z.enum(['no', 'yes', 'early']),
    handIn: z.boolean(),
    manage: z.boolean(),
  }),
});
export type LeaveView = z.input<typeof leaveView>;

export async function viewOf(
  sql: Sql,
  parts: ActingParts,
  record: LeaveRecord,
  { person, locale, now }: { person: Actor; locale: Locale; now: number },
): Promise<LeaveView> {
  const { policy } = parts.policy();
  const reader = readerOf(locale, policy, now);
  const progress = progressOf(record);
  const instead = record.state === 'pending' ? await insteadOf(sql, record, policy, now) : [];
  const concerned = progress.requesterIds.includes(person.id);
  const manage = !concerned && may(person, 'leave.manage', { teamId: record.teamId });
  const decide = mayDecide(progress, person.id, instead, now);
  const card = await leaveCard({ sql }, record, reader, decide ? { policy, now } : undefined);
  const certificates = await certificatesOf({ sql }, record.id);
  return {
    ...{ id: record.id, person: record.personName, number: record.personNumber, state: record.state },
    ...{ leave: leaveText(record, reader), standing: standingText(record, reader) },
    ...{ from: record.span.from, to: record.span.to },
    facts: [...(card.facts ?? [])],
    overdue: isOverdue(record, now),
    certificate: record.certificateState,
    certificates: certificates.map(({ id, fileName: name, from, to, state }) => ({
      id,
      name,
      from,
      to,
      state,
    })),
    can: {
      decide,
      withdraw:
        pressLeave(progress, { by: person.id, action: 'withdraw', at: now }).kind === 'changed' &&
        record.state !== 'withdrawn',
      back: record.personId === person.id || manage ? backOf(record, now) : 'no',
      handIn: concerned && record.certificateState !== null && record.certificateState !== 'accepted',
      manage,
    },
  };
}

function backOf({ state, returnedAt, startsAt, endsAt }: LeaveRecord, now: number): 'no' | 'yes' | 'early' {
  if (state !== 'approved' || returnedAt !== null || startsAt === null || endsAt === null) return 'no';
  if (now < startsAt) return 'no';
  return now < endsAt ? 'early' : 'yes';
}
