import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { NodeXhr } from '../fakes/node-xhr.ts';
import { pdf, picture } from '../fakes/pictures.ts';

/** A running product, or as much of it as serves the wire. */
export interface ConformanceTarget {
  /** `http://127.0.0.1:port` */
  url: string;
  site: string;
  /** Cuts every open stream as a network that dies would. */
  dropStreams(): void;
  stop(): Promise<void>;
}

interface Heard {
  attachments?: { contentType: string; contentUrl: string; name: string }[];
  id?: string;
  type: string;
  text?: string;
  from: { id: string; role?: string };
  channelData?: { clientActivityID?: string };
}

/** One client with all it heard. */
interface Client {
  line: DirectLine;
  heard: Heard[];
  say(text: string, attachments?: object[]): Promise<string>;
  end(): void;
}

type Granted = { conversationId: string; token: string; resumeKey: string };

/**
 * Microsoft's `botframework-directlinejs`, unchanged, against a Direct Line server. The server's bot must
 * answer every message with at least one message of its own.
 */
export function directLineConformance(name: string, start: () => Promise<ConformanceTarget>): void {
  describe(`botframework-directlinejs talks to ${name}`, () => {
    let target: ConformanceTarget;
    const clients: Client[] = [];
    beforeAll(async () => {
      vi.stubGlobal('XMLHttpRequest', NodeXhr);
      vi.stubGlobal('WebSocket', WebSocket);
      target = await start();
    });
    afterAll(async () => {
      for (const client of clients) client.end();
      await target?.stop();
      vi.unstubAllGlobals();
    });
    const grant = () => post<Granted>(`${target.url}/v3/directline/tokens/generate`, { site: target.site });
    const connect = (options: object): Client => {
      const client = open(target, options);
      clients.push(client);
      return client;
    };

    for (const webSocket of [true, false]) {
      it(`asks and is answered over ${webSocket ? 'WebSocket' : 'polling'}`, async () => {
        const { token } = await grant();
        const client = connect({ token, webSocket, pollingInterval: 200 });
        const id = await client.say('流量怎么查？');
        await expect.poll(() => answers(client).length).toBeGreaterThan(0);
        const own = client.heard.filter((activity) => activity.from.role === 'user');
        expect(own).toMatchObject([
          { id, type: 'message', text: '流量怎么查？', from: { id: userOf(token) } },
        ]);
        expect(client.heard.indexOf(own[0] as Heard)).toBeLessThan(
          client.heard.indexOf(answers(client)[0] as Heard),
        );
      });
    }

    it('refreshes its token and goes on with the new one', async () => {
      const { token } = await grant();
      const client = connect({ token });
      await client.say('第一句');
      const fresh = await new Promise<string>((resolve, reject) => {
        // Its own timer waits 15 minutes; this is what the timer calls.
        const line = client.line as unknown as { refreshToken(): ReturnType<DirectLine['postActivity']> };
        line.refreshToken().subscribe(resolve, reject);
      });
      expect(userOf(fresh)).toBe(userOf(token));
      (client.line as unknown as { token: string }).token = fresh;
      await client.say('第二句');
      await expect.poll(() => texts(client)).toEqual(['第一句', '第二句']);
    });

    it('comes back after the line was cut, without loss or repetition', async () => {
      const { token } = await grant();
      const client = connect({ token });
      await client.say('断线之前');
      await expect.poll(() => answers(client).length).toBeGreaterThan(0);
      target.dropStreams();
      await client.say('断线之中');
      await expect.poll(() => texts(client)).toEqual(['断线之前', '断线之中']);
      await client.say('断线之后');
      await expect.poll(() => answers(client).length).toBeGreaterThanOrEqual(3);
      const ids = client.heard.flatMap(({ type, id }) => (type === 'message' ? [id] : []));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual([...ids].sort());
    });

    it('takes a conversation up again in a reloaded page', async () => {
      const first = await grant();
      const before = connect({ token: first.token });
      await before.say('刷新页面之前');
      await expect.poll(() => answers(before).length).toBeGreaterThan(0);
      before.end();
      const { conversationId } = first;
      const started = await latestKey(target, first);
      const again = await post<Granted>(`${target.url}/v3/directline/tokens/resume`, {
        conversationId,
        resumeKey: started,
      });
      expect(again.conversationId).toBe(conversationId);
      const after = connect({ token: again.token, conversationId });
      await after.say('刷新页面之后');
      await expect.poll(() => texts(after)).toEqual(['刷新页面之前', '刷新页面之后']);
    });

    it('sends files with its words, and gets them back with everybody else’s', async () => {
      const { token } = await grant();
      const client = connect({ token });
      const [shot, bill] = [picture(3, 2), pdf('五月')];
      const id = await client.say('请看截图和账单', [
        { contentType: 'image/png', contentUrl: dataUrl(shot, 'image/png'), name: '截图.png' },
        { contentType: 'application/pdf', contentUrl: dataUrl(bill, 'application/pdf'), name: '截图.png' },
      ]);
      await expect.poll(() => texts(client)).toEqual(['请看截图和账单']);
      const own = client.heard.find((activity) => activity.id === id);
      expect(own?.attachments).toMatchObject([
        { contentType: 'image/png', name: '截图.png' },
        // Microsoft's client makes the names differ.
        { contentType: 'application/pdf', name: '截图 (1).png' },
      ]);
      for (const [index, sent] of [shot, bill].entries()) {
        const answer = await fetch(own?.attachments?.[index]?.contentUrl ?? '');
        expect(Buffer.from(await answer.arrayBuffer()).equals(sent)).toBe(true);
      }
      await expect.poll(() => answers(client).length).toBeGreaterThan(0);
    });

    it('is told when a file may not be sent, and goes on', async () => {
      const { token } = await grant();
      const client = connect({ token });
      const page = { contentType: 'image/png', contentUrl: 'data:text/html,<html>', name: 'a.png' };
      await expect(client.say('请看', [page])).rejects.toMatchObject({ status: 415 });
      await client.say('没有附件');
      await expect.poll(() => texts(client)).toEqual(['没有附件']);
    });

    it('gives up on a forged token', async () => {
      const client = connect({ token: 'made.up.token' });
      const states: number[] = [];
      client.line.connectionStatus$.subscribe((state) => states.push(state));
      await expect(client.say('?')).rejects.toThrow('failed to connect');
      expect(states).toContain(ConnectionStatus.FailedToConnect);
    });
  });
}

function open(target: ConformanceTarget, options: object): Client {
  const line = new DirectLine({
    domain: `${target.url}/v3/directline`,
    // The shortest of its random waits before it reconnects: 3 s.
    random: () => 0,
    ...options,
  } as ConstructorParameters<typeof DirectLine>[0]);
  const heard: Heard[] = [];
  const subscription = line.activity$.subscribe(
    (activity) => heard.push(activity as unknown as Heard),
    () => undefined,
  );
  return {
    line,
    heard,
    say: (text, attachments = []) =>
      new Promise((resolve, reject) => {
        const from = { id: 'somebody-else' };
        const activity = { type: 'message' as const, text, from, locale: 'zh-CN', attachments };
        line.postActivity(activity as Parameters<DirectLine['postActivity']>[0]).subscribe(resolve, reject);
      }),
    end() {
      subscription.unsubscribe();
      line.end();
    },
  };
}

/** The key in force: starting the conversation gave a newer one than its token came with; both are good for a minute. */
async function latestKey(target: ConformanceTarget, granted: Granted): Promise<string> {
  const { resumeKey } = await post<Granted>(
    `${target.url}/v3/directline/conversations`,
    undefined,
    granted.token,
  );
  return resumeKey;
}

async function post<T>(url: string, body?: unknown, token?: string): Promise<T> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const dataUrl = (bytes: Buffer, type: string) => `data:${type};base64,${bytes.toString('base64')}`;
const answers = (client: Client) =>
  client.heard.filter(({ type, from }) => type === 'message' && from.role === 'bot');
const texts = (client: Client) =>
  client.heard.filter(({ from }) => from.role === 'user').map(({ text }) => text);

function userOf(token: string): string {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { user: string }).user;
}
