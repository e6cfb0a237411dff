import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveFile } from './directline-pages.ts';
import { type Activity, answer, type Room, Rooms } from './directline-rooms.ts';

/** A server in memory that speaks the widget's wire, and can be told to misbehave. For widget tests only. */
export interface DirectLinePeer {
  url: string;
  rooms: Rooms;
  /** What the next requests meet, by name. */
  trouble: Trouble;
  /** Ends every open stream as a dying network would, without a closing handshake. */
  dropStreams(): void;
  close(): Promise<void>;
}

export interface Trouble {
  /** Posts of messages that are refused with 500 before they are taken in. */
  failPosts: number;
  /** Posts that are taken in, whose answer then never arrives. */
  loseAnswers: number;
  /** No request gets through. */
  dark: boolean;
  /** WebSocket upgrades are refused, as by a proxy that knows only HTTP. */
  noSockets: boolean;
  /** Every token given out so far has run out. */
  tokensExpired: boolean;
}

/** `pages`: the folder with the built widget and site. */
export async function startDirectLinePeer(pages: string): Promise<DirectLinePeer> {
  const rooms = new Rooms();
  const trouble: Trouble = {
    failPosts: 0,
    loseAnswers: 0,
    dark: false,
    noSockets: false,
    tokensExpired: false,
  };
  const server = createServer((request, response) => {
    void handle(rooms, trouble, pages, request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://peer');
    const room = rooms.find(url.pathname.split('/')[4]);
    if (!room || trouble.noSockets || trouble.dark) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (stream) => {
      const unfollow = room.follow(Number(url.searchParams.get('watermark')) || 0, (set) =>
        stream.send(JSON.stringify(set)),
      );
      stream.on('close', unfollow);
      stream.send('');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  rooms.streamBase = `ws://127.0.0.1:${port}`;
  const dropStreams = () => {
    for (const stream of sockets.clients) stream.terminate();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    rooms,
    trouble,
    dropStreams,
    async close() {
      dropStreams();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function handle(
  rooms: Rooms,
  trouble: Trouble,
  pages: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const url = new URL(request.url ?? '/', 'http://peer');
  if (!url.pathname.startsWith('/v3/')) return serveFile(pages, url.pathname, response);
  if (trouble.dark) return void request.socket.destroy();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  const token = request.headers.authorization?.slice('Bearer '.length);
  const [status, reply] = route(rooms, trouble, `${request.method} ${url.pathname}`, body, token, url);
  if (status === 0) return void request.socket.destroy();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(reply));
}

type Reply = [number, unknown];
const refused = (status: number, code: string): Reply => [status, { error: { code, message: code } }];

function route(
  rooms: Rooms,
  trouble: Trouble,
  call: string,
  body: Loose,
  token: string | undefined,
  url: URL,
): Reply {
  if (call.startsWith('GET /v3/directline/sites/')) return [200, rooms.site];
  if (call === 'POST /v3/directline/tokens/generate') {
    trouble.tokensExpired = false;
    return [200, rooms.create().info()];
  }
  if (call === 'POST /v3/directline/tokens/resume') return resume(rooms, trouble, body);
  const room = rooms.byToken(token);
  if (!room || trouble.tokensExpired) return refused(403, 'TokenExpired');
  if (call === 'POST /v3/directline/conversations') return [201, room.info()];
  if (call === 'POST /v3/directline/tokens/refresh') return [200, room.info()];
  if (room.gone) return refused(404, 'ConversationNotFound');
  const since = Number(url.searchParams.get('watermark')) || 0;
  if (call === `GET /v3/directline/conversations/${room.id}`) return [200, room.info(since)];
  if (call === `GET /v3/directline/conversations/${room.id}/activities`) return [200, room.since(since)];
  if (call === `POST /v3/directline/conversations/${room.id}/activities`) return post(room, trouble, body);
  return refused(404, 'NotFound');
}

type Loose = Record<string, unknown>;

function resume(rooms: Rooms, trouble: Trouble, body: Loose): Reply {
  const room = rooms.find(String(body.conversationId));
  if (!room || room.gone) return refused(404, 'ConversationNotFound');
  if (room.resumeKey !== body.resumeKey) return refused(403, 'BadResumeKey');
  trouble.tokensExpired = false;
  room.rotate();
  return [200, room.info()];
}

function post(room: Room, trouble: Trouble, body: Loose): Reply {
  const activity = body as unknown as Activity;
  if (activity.type !== 'message') return [200, { id: '' }];
  if (trouble.failPosts > 0) {
    trouble.failPosts -= 1;
    return refused(500, 'ServerError');
  }
  const [id, isNew] = room.take(activity);
  if (isNew) answer(room, activity);
  if (trouble.loseAnswers > 0) {
    trouble.loseAnswers -= 1;
    return [0, undefined];
  }
  return [200, { id }];
}
