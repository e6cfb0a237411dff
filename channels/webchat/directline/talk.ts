import type { IncomingMessage } from 'node:http';
import type { InboundMessage, OutboundMessage } from '../../channel.ts';
import { authorise, watermarkOf } from './grants.ts';
import { type Answer, readJson } from './http.ts';
import { type Intent, readActivity } from './inbound.ts';
import { activityId, frame, type Reader } from './outbound.ts';
import type { Server } from './server.ts';
import type { Site } from './sites.ts';
import type { Pass } from './tokens.ts';

/** Messages of one poll; the watermark takes the client to the next ones. */
const PAGE = 100;

/** POST conversations/:id/activities: answered once it is written down, before anything is done about it. */
export async function post(server: Server, request: IncomingMessage, id: string): Promise<Answer> {
  const { pass, site } = await authorise(server, request, id, true);
  const body = await readJson(request);
  server.limits.activities.take(id, server.host.now());
  const intent = readActivity(body, id);
  switch (intent.do) {
    case 'receive':
      return receive(server, request, site, intent.message);
    case 'press':
      return press(server, pass, intent);
    case 'acknowledge':
      return { status: 200, body: { id: activityId(id, 0) } };
  }
}

/** Hands a message on, with the id of the request that brought it; answered once it is written down. */
export async function receive(
  { host }: Server,
  request: IncomingMessage,
  site: Site,
  message: InboundMessage,
): Promise<Answer> {
  const trace = request.headers['x-request-id'];
  const { seq } = await host.receive(site.account, {
    ...message,
    ...(typeof trace === 'string' && { trace }),
  });
  return { status: 200, body: `{"id":"${activityId(message.conversationId, seq)}"}` };
}

type Press = Extract<Intent, { do: 'press' }>;

/**
 * Runs the button, then shows the presser's own side what it said and the card as it now stands. The two are
 * not messages of their own: after a reload the store shows the decided card where the open one stood.
 */
async function press(server: Server, pass: Pass, intent: Press): Promise<Answer> {
  const { host, presses, streams } = server;
  const { conversation: conversationId, audience: author } = pass;
  const card = await host.press(conversationId, intent.token, intent.note ? { note: intent.note } : {});
  const id = `${conversationId}|press-${intent.clientId ?? intent.token}`;
  const at = host.now();
  const { text, clientId } = intent;
  const said: OutboundMessage = { id, conversationId, seq: 0, at, author, kind: 'message', text };
  if (clientId) said.clientId = clientId;
  streams.tell(conversationId, said);
  const shown: OutboundMessage = presses.redraw(intent.token, conversationId, card) ?? {
    id: `${conversationId}|card-${intent.token}`,
    conversationId,
    seq: 0,
    at,
    author: 'bot',
    kind: 'message',
    text: '',
    card,
  };
  streams.tell(conversationId, shown);
  return { status: 200, body: { id, card } };
}

/** GET conversations/:id/activities: for clients without WebSockets. */
export async function poll(
  server: Server,
  request: IncomingMessage,
  id: string,
  query: URLSearchParams,
): Promise<Answer> {
  const { pass, site } = await authorise(server, request, id);
  const after = watermarkOf(query);
  const messages = await server.host.read(id, after, PAGE);
  server.presses.note(messages);
  return { status: 200, body: frame(messages, readerOf(server, request, pass, site), after) };
}

export function readerOf(server: Server, request: IncomingMessage, pass: Pass, site: Site): Reader {
  const base = server.origins.base(request);
  return {
    ...{ user: pass.user, botName: site.account.name, cards: site.cards, base },
    fileUrl: (fileId) => base + server.files.path(pass, fileId),
  };
}
