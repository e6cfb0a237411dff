import { once } from 'node:events';
import { WebSocket } from 'ws';

/** An answer of the wire, whatever it was. */
export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  headers: Headers;
}

export interface CallOptions {
  token?: string;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Granted {
  conversationId: string;
  token: string;
  expires_in: number;
  resumeKey: string;
}

/** A client that says exactly what a test wants said. */
export interface WireClient {
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  visitor(site?: string): Promise<Granted>;
  say(to: Granted, activity: object): Promise<Reply>;
  /** The stream of a conversation, open. */
  listen(to: Granted, watermark?: string): Promise<Listener>;
}

export interface Listener {
  socket: WebSocket;
  /** Raw frames, keep-alives too. */
  frames: string[];
  /** Activities of all frames. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly heard: any[];
  readonly watermark: string;
  close(): void;
}

export function wireClient(url: string): WireClient {
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Reply> => {
    const { token, body, headers } = options;
    const sent: Record<string, string> = { ...headers };
    if (body !== undefined) sent['content-type'] = 'application/json';
    if (token !== undefined) sent.authorization = `Bearer ${token}`;
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${url}/v3/directline/${path}`, { method, headers: sent, body: text ?? null });
    const said = await answer.text();
    return { status: answer.status, body: said ? JSON.parse(said) : undefined, headers: answer.headers };
  };
  return {
    call,
    async visitor(site = 'demo') {
      const { status, body } = await call('POST', 'tokens/generate', { body: { site } });
      if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
      return body as Granted;
    },
    say: ({ conversationId, token }, activity) =>
      call('POST', `conversations/${conversationId}/activities`, { token, body: activity }),
    async listen({ conversationId, token }, watermark = '') {
      const { body } = await call('GET', `conversations/${conversationId}?watermark=${watermark}`, { token });
      return listenAt(body.streamUrl);
    },
  };
}

/** Opens a stream address; rejects with the status if it is refused. */
export async function listenAt(streamUrl: string, headers: Record<string, string> = {}): Promise<Listener> {
  const socket = new WebSocket(streamUrl, { headers });
  const frames: string[] = [];
  socket.on('message', (data) => frames.push(String(data)));
  socket.on('unexpected-response', (_, response) => {
    socket.emit('error', new Error(`refused: ${response.statusCode}`));
    response.destroy();
  });
  await once(socket, 'open');
  const sets = () => frames.filter(Boolean).map((frame) => JSON.parse(frame));
  return {
    socket,
    frames,
    get heard() {
      return sets().flatMap(({ activities }) => activities);
    },
    get watermark() {
      return sets().at(-1)?.watermark ?? '';
    },
    close: () => socket.terminate(),
  };
}
