import { z } from 'zod';
import { type Database, hot } from '../../prisma/client.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import { AppError, isAppError } from '../errors.ts';
import type { EventStream } from '../http/event-stream.ts';
import { type Route, streamRoute } from '../http/route.ts';
import { type Action, type Actor, may } from '../people/permissions.ts';
import { messageView, readable } from './transcript.ts';
import { message } from './views.ts';

/** Streams by name, and the right that each needs. `conversation:<id>` is the other kind. */
export const LIVE_STREAMS: Readonly<Record<string, Action>> = {
  desk: 'live.desk',
  tickets: 'live.ticket',
  knowledge: 'live.knowledge',
};

const event = z.union([
  z.strictObject({ stream: z.string(), type: z.literal('message'), message }),
  z.strictObject({ stream: z.string(), type: z.literal('typing') }),
  z.strictObject({ stream: z.string(), type: z.string(), data: z.record(z.string(), z.unknown()) }),
]);

const query = z.strictObject({
  /** Comma-separated: desk, tickets, knowledge, conversation:<id>. At most 8. */
  streams: z.string().min(1).max(500),
  /** The id of the last event seen; without it the streams begin now. */
  watermark: z.string().max(1000).optional(),
});

/** One connection for all that a page watches: server-sent events, each with the watermark to come back with. */
export function liveRoutes({ db, pipeline }: { db: Database; pipeline: Pipeline }): Route[] {
  return [
    streamRoute({
      method: 'GET',
      path: '/api/v1/live',
      action: 'live.read',
      summary: 'Live updates of the streams named, from a watermark on',
      query,
      event,
      async handler({ person, query: asked }, stream) {
        const streams = [...new Set(asked.streams.split(','))];
        if (streams.length > 8)
          throw new AppError('invalid_input', 'at most 8 streams', { field: 'streams' });
        for (const name of streams) await assertMay(db, person, name);
        const seen = asked.watermark ? readWatermark(asked.watermark) : {};
        const start = await heads(
          db,
          streams.filter((s) => seen[s] === undefined),
        );
        const mayStill = (id: string) => readable(db, person, 'live.conversation', id);
        follow({ pipeline, stream, mayStill }, streams, { ...start, ...seen });
      },
    }),
  ];
}

async function assertMay(db: Database, person: Actor, stream: string): Promise<void> {
  const id = conversationOf(stream);
  if (id) return void (await readable(db, person, 'live.conversation', id));
  const action = Object.hasOwn(LIVE_STREAMS, stream) ? LIVE_STREAMS[stream] : undefined;
  if (!action) throw new AppError('invalid_input', 'unknown stream', { field: 'streams', stream });
  if (!may(person, action)) throw new AppError('forbidden');
}

function conversationOf(stream: string): string | undefined {
  const id = stream.startsWith('conversation:') ? stream.slice('conversation:'.length) : undefined;
  return id && z.uuid().safeParse(id).success ? id : undefined;
}

async function heads(db: Database, streams: string[]): Promise<Record<string, number>> {
  const conversations = streams.flatMap((s) => conversationOf(s) ?? []);
  const found = await hot.streamHeads(
    db.sql,
    conversations,
    streams.filter((s) => !conversationOf(s)),
  );
  return Object.fromEntries(streams.map((s) => [s, found.get(conversationOf(s) ?? s) ?? 0]));
}

interface Watch {
  pipeline: Pipeline;
  stream: EventStream;
  /** Rejects with an AppError once the conversation is out of reach. */
  mayStill(conversationId: string): Promise<unknown>;
}

/** Sends what each stream brings. The event's id holds the place in all of them. */
function follow({ pipeline, stream, mayStill }: Watch, streams: string[], at: Record<string, number>): void {
  const send = (name: string, seq: number | undefined, data: z.input<typeof event>) => {
    if (seq !== undefined) at[name] = seq;
    stream.send({ id: writeWatermark(at), data });
  };
  const stops = streams.flatMap((name) => {
    const id = conversationOf(name);
    if (!id) {
      return [
        pipeline.events.follow(name, at[name] ?? 0, (rows: hot.EventRow[]) => {
          for (const { seq, type, data } of rows) send(name, seq, { stream: name, type, data });
        }),
      ];
    }
    const ask = inOrder(() => mayStill(id), stream);
    return [
      pipeline.messages.follow(id, at[name] ?? 0, (rows) =>
        ask(() => {
          for (const row of rows)
            send(name, row.seq, { stream: name, type: 'message', message: messageView(row) });
        }),
      ),
      pipeline.watch(({ conversationId, from, seq }) => {
        if (conversationId !== id) return;
        if (from === 'customer') ask(() => send(name, undefined, { stream: name, type: 'typing' }));
        // It came before, and has changed: its place in the stream stays.
        if (from === 'file' && seq)
          ask(async () => {
            const [row] = await hot.readMessages(pipeline.parts.db.sql, id, seq - 1, 1);
            if (row) send(name, undefined, { stream: name, type: 'message', message: messageView(row) });
          });
      }),
    ];
  });
  stream.closed.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
}

/**
 * Shows one thing after the other, each only if it may be seen at that moment: a conversation that waits is everybody's,
 * and nobody else's once it is taken. Where that can't be told, the line ends; its reader comes back with the watermark.
 */
function inOrder(
  mayStill: () => Promise<unknown>,
  stream: EventStream,
): (show: () => void | Promise<void>) => void {
  let before: Promise<void> = Promise.resolve();
  return (show) => {
    before = before.then(async () => {
      if (stream.closed.aborted) return;
      await mayStill().then(show, (error) => {
        if (!isAppError(error)) stream.close();
      });
    });
  };
}

const place = z.record(z.string(), z.number().int().min(0));

const writeWatermark = (at: Record<string, number>) => Buffer.from(JSON.stringify(at)).toString('base64url');

function readWatermark(watermark: string): Record<string, number> {
  try {
    return place.parse(JSON.parse(Buffer.from(watermark, 'base64url').toString()));
  } catch {
    throw new AppError('invalid_input', 'not a watermark of this stream', { field: 'watermark' });
  }
}
