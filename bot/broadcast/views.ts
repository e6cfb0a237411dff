import { z } from 'zod';
import { chosenFilter } from './criteria.ts';
import { type BroadcastParts, sendingChannel } from './parts.ts';
import { STATES } from './rules.ts';
import { type BroadcastRow, progressOf } from './store.ts';

const moment = z.number().nullable();

export const found = z.strictObject({
  lines: z.int(),
  usable: z.int(),
  invalid: z.int(),
  duplicate: z.int(),
  optedOut: z.int(),
  refused: z.int(),
  problems: z.array(
    z.strictObject({
      line: z.int(),
      value: z.string(),
      problem: z.enum(['invalid', 'duplicate', 'opted_out', 'refused']),
    }),
  ),
});

export const item = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  account: z.string(),
  accountName: z.string().nullable(),
  state: z.enum(STATES),
  recipients: z.int(),
  /** Messages that one recipient is charged for; null where the channel doesn't count them. */
  segments: z.int().nullable(),
  perMinute: z.int(),
  author: z.string().nullable(),
  approver: z.string().nullable(),
  createdAt: z.number(),
  startAt: moment,
  startedAt: moment,
  endedAt: moment,
});

export const detail = item.extend({
  text: z.string(),
  revision: z.int(),
  /** Whether the reader wrote it: then they may change it, and not approve it. */
  mine: z.boolean(),
  remark: z.string().nullable(),
  audience: found.nullable(),
  /** Whom it goes to, where that isn't a file; `audience` is who was found by it last. */
  filter: chosenFilter.nullable(),
  progress: z.strictObject({
    waiting: z.int(),
    queued: z.int(),
    sent: z.int(),
    failed: z.int(),
    skipped: z.int(),
    stopped: z.int(),
    delivered: z.int(),
    optedOut: z.int(),
  }),
  /** Quiet hours run and hold it back until then. */
  quietUntil: moment,
  /** False: the channel is off, and it waits. */
  channelOn: z.boolean(),
});

export function asItem(row: BroadcastRow): z.input<typeof item> {
  const { id, title, account, accountName, state, recipients, segments, perMinute } = row;
  return {
    ...{ id, title, account, accountName, state, recipients, segments, perMinute },
    ...{ author: row.authorName, approver: row.approverName, createdAt: row.createdAt.getTime() },
    startAt: row.startAt?.getTime() ?? null,
    startedAt: row.startedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
  };
}

export async function asDetail(
  parts: BroadcastParts,
  sql: BroadcastParts['db']['sql'],
  row: BroadcastRow,
  { personId, now }: { personId: string; now: number },
): Promise<z.input<typeof detail>> {
  const { text, revision, remark, audience, filter } = row;
  return {
    ...asItem(row),
    ...{ text, revision, remark, audience, filter, mine: row.authorId === personId },
    progress: await progressOf(sql, row.id),
    quietUntil: parts.quietUntil(now) ?? null,
    channelOn: sendingChannel(parts, row.account) !== undefined,
  };
}
