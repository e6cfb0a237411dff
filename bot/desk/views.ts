import { z } from 'zod';

/** How the API shows conversations and messages. Times are epoch milliseconds. */

export const deskItem = z.strictObject({
  conversationId: z.uuid(),
  episodeId: z.uuid(),
  owner: z.enum(['bot', 'queue', 'agent']),
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  queue: z.string().nullable(),
  reason: z.string().nullable(),
  summary: z.record(z.string(), z.unknown()).nullable(),
  channel: z.string(),
  locale: z.string(),
  openedAt: z.number(),
  queuedAt: z.number().nullable(),
  takenAt: z.number().nullable(),
  lastText: z.string(),
  lastSeq: z.number(),
});

/** A file 附件 of a message or a ticket; until it is stored it has neither type nor size. */
export const file = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  type: z.string(),
  /** Bytes. */
  size: z.number(),
  state: z.enum(['stored', 'pending', 'failed']),
});

export const message = z.strictObject({
  seq: z.number(),
  author: z.enum(['customer', 'staff', 'bot', 'agent', 'system']),
  name: z.string().nullable(),
  /** `staff`: a note that the customer never sees. */
  visibility: z.enum(['all', 'customer', 'staff']),
  text: z.string(),
  /** `superseded`: the bot wrote it, but it was never sent. */
  state: z.enum(['sent', 'superseded']),
  at: z.number(),
  outcome: z.string().nullable(),
  sources: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  actions: z.array(z.string()),
  files: z.array(file),
});
export type MessageView = z.infer<typeof message>;

export const conversation = z.strictObject({
  id: z.uuid(),
  channel: z.string(),
  site: z.string(),
  locale: z.string(),
  customerId: z.uuid().nullable(),
  episode: z
    .strictObject({
      id: z.uuid(),
      owner: z.enum(['bot', 'queue', 'agent']),
      personId: z.uuid().nullable(),
      personName: z.string().nullable(),
      queue: z.string().nullable(),
      reason: z.string().nullable(),
      summary: z.record(z.string(), z.unknown()).nullable(),
      wrapUp: z.string().nullable(),
      openedAt: z.number(),
      closedAt: z.number().nullable(),
    })
    .nullable(),
  createdAt: z.number(),
});
