import { randomUUID } from 'node:crypto';

/** A colleague's browser as far as the API sees it: a session cookie, a CSRF token, client ids. */
export interface StaffClient {
  person: { id: string; name: string; number: string };
  get<T>(path: string): Promise<T>;
  /** A write; `clientId` names it, so that a repeat changes nothing. */
  send<T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    clientId?: string,
  ): Promise<{ status: number; body: T }>;
  /** Server-sent events of a live stream, as they come. */
  watch(streams: string): Promise<{ events: { stream: string; type: string }[]; stop(): void }>;
}

export async function signIn(url: string, number: string): Promise<StaffClient> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number, password: `demo-${number}` }),
  });
  if (!answer.ok) throw new Error(`sign-in of ${number}: ${answer.status} ${await answer.text()}`);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { person, csrfToken } = (await answer.json()) as { person: StaffClient['person']; csrfToken: string };
  const call = (method: string, path: string, body?: object, clientId?: string) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        cookie,
        'x-csrf-token': csrfToken,
        ...(method !== 'GET' && {
          'content-type': 'application/json',
          'x-client-id': clientId ?? randomUUID(),
        }),
      },
      body: body ? JSON.stringify(body) : null,
    });
  return {
    person,
    async get<T>(path: string) {
      const got = await call('GET', path);
      if (!got.ok) throw new Error(`GET ${path}: ${got.status} ${await got.text()}`);
      return (await got.json()) as T;
    },
    async send<T>(method: string, path: string, body?: object, clientId?: string) {
      const sent = await call(method, path, body, clientId);
      return { status: sent.status, body: (await sent.json()) as T };
    },
    watch: (streams) => watch(`${url}/api/v1/live?streams=${encodeURIComponent(streams)}`, cookie),
  };
}

async function watch(address: string, cookie: string) {
  const abort = new AbortController();
  const answer = await fetch(address, { headers: { cookie }, signal: abort.signal });
  if (!answer.ok || !answer.body) throw new Error(`live: ${answer.status}`);
  const events: { stream: string; type: string }[] = [];
  const reading = async (body: AsyncIterable<Uint8Array>) => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const part of body) {
      text += decoder.decode(part, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const data = frame.split('\n').find((l) => l.startsWith('data: '));
        if (data) events.push(JSON.parse(data.slice(6)));
      }
    }
  };
  reading(answer.body as unknown as AsyncIterable<Uint8Array>).catch(() => {});
  return { events, stop: () => abort.abort() };
}
