import { z } from 'zod';
import { type Database, hot } from '../../prisma/client.ts';
import type { MessageFile } from '../conversation/message.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import { hindered, hinderedIn } from '../deliveries/hindered.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { maskNumbersIn } from '../people/masking.ts';
import { type Action, type Actor, may } from '../people/permissions.ts';
import { readConversation } from './reads.ts';
import { conversation, type MessageView, message } from './views.ts';

const id = z.strictObject({ id: z.uuid() });
const page = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** Reading conversations, and typing in them. */
export function transcriptRoutes({ db, pipeline }: { db: Database; pipeline: Pipeline }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/conversations/:id',
      action: 'conversation.read',
      summary: 'A conversation and the episode it is in, or was in last',
      params: id,
      response: conversation,
      handler: async ({ person, params }) =>
        viewOf(await readable(db, person, 'conversation.read', params.id)),
    }),
    route({
      method: 'GET',
      path: '/api/v1/conversations/:id/messages',
      action: 'conversation.read',
      summary: 'The transcript after a place in it, oldest first, notes included',
      params: id,
      query: page,
      response: z.strictObject({ messages: z.array(message), next: z.number().nullable() }),
      async handler({ person, params, query }) {
        await readable(db, person, 'conversation.read', params.id);
        const rows = await hot.readMessages(db.sql, params.id, query.after, query.limit);
        const last = rows.length === query.limit ? rows.at(-1)?.seq : undefined;
        return { messages: rows.map(messageView), next: last ?? null };
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/conversations/:id/hindered',
      action: 'conversation.read',
      summary: 'Which of the newest messages did not arrive or wait to be sent, and why',
      params: id,
      response: hindered,
      async handler({ person, params }) {
        await readable(db, person, 'conversation.read', params.id);
        const found = await hinderedIn(db.sql, params.id);
        if (!found) throw new AppError('not_found');
        return found;
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/desk/conversations/:id/typing',
      action: 'desk.typing',
      summary: 'Show the customer that I am typing; nothing is kept',
      params: id,
      response: z.strictObject({ ok: z.literal(true) }),
      async handler({ person, params }) {
        const { episode } = await readable(db, person, 'conversation.read', params.id);
        if (episode?.owner !== 'agent' || episode.personId !== person.id) throw new AppError('not_owner');
        pipeline.signal({ conversationId: params.id, from: 'agent', name: person.name });
        return { ok: true as const };
      },
    }),
  ];
}

/**
 * A conversation that `person` may touch with `action`. What nobody has is in everybody's reach who may do this at
 * all; a finished one stays its last agent's.
 * @throws not_found, forbidden
 */
export async function readable(db: Database, person: Actor, action: Action, conversationId: string) {
  const read = await readConversation(db, conversationId);
  if (!read) throw new AppError('not_found');
  const target = { personId: read.owner?.id ?? null, teamId: read.owner?.teamId ?? null };
  if (!may(person, action, target)) throw new AppError('forbidden');
  return read;
}

type Read = NonNullable<Awaited<ReturnType<typeof readConversation>>>;

function viewOf({ found, episode, owner }: Read): z.input<typeof conversation> {
  const { id: conversationId, locale, createdAt, address } = found;
  return {
    id: conversationId,
    locale,
    channel: address.account.channel,
    site: address.account.name,
    customerId: address.customerId,
    createdAt: createdAt.getTime(),
    episode: episode
      ? {
          id: episode.id,
          owner: episode.owner as 'bot',
          personId: episode.personId,
          personName: owner?.name ?? null,
          queue: episode.queue,
          reason: episode.reason,
          summary: episode.summary as Record<string, unknown> | null,
          wrapUp: episode.wrapUp,
          openedAt: episode.openedAt.getTime(),
          closedAt: episode.closedAt?.getTime() ?? null,
        }
      : null,
  };
}

interface Data {
  name?: string;
  actions?: { title: string }[];
  files?: MessageFile[];
  yingda?: { outcome?: string; sources?: { id: string; title: string }[] };
}

/** A message as colleagues see it: numbers of people are masked, `conversation.reveal` shows them. */
export function messageView({
  seq,
  author,
  visibility,
  text,
  state,
  createdAt,
  data,
}: hot.MessageRow): MessageView {
  const { name, actions, files, yingda } = data as Data;
  return {
    ...{ seq, author, visibility, state },
    text: maskNumbersIn(text),
    name: name ?? null,
    at: createdAt.getTime(),
    outcome: yingda?.outcome ?? null,
    sources: yingda?.sources ?? [],
    actions: (actions ?? []).map((a) => a.title),
    files: files ?? [],
  };
}
