import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Account } from '../../channels/channel.ts';
import { webchat } from '../../channels/webchat/channel.ts';
import { type Granted, type WireClient, wireClient } from '../fakes/directline-client.ts';
import { channelContract } from './channel.ts';
import type { Peer, Seen } from './channel-peer.ts';

const account: Account = {
  ...{ id: 'webchat:contract', channel: 'webchat', name: '晨星通信', audience: 'customer' },
  settings: { site: 'contract', origins: ['https://shop.example'] },
};

interface Activity {
  id: string;
  text: string;
  from: { role: string };
  attachments?: { content: Drawn }[];
  suggestedActions?: { actions: Pressable[] };
}
/** The part of an Adaptive Card that we write. */
interface Drawn {
  body: { text?: string }[];
  actions?: { title: string; data: unknown }[];
}
interface Pressable {
  title: string;
  value?: unknown;
}

/** A customer's browser on Direct Line's REST side: it asks again and again for what is new. */
interface Browser {
  granted: Granted;
  seen: Seen[];
  buttons: Pressable[];
}

function openPeer(): Peer {
  const browsers = new Map<string, Browser>();
  let wire: WireClient;
  let polling: NodeJS.Timeout | undefined;
  let busy = false;

  const poll = async ({ granted, seen, buttons }: Browser) => {
    const mark = seen.at(-1)?.id.split('|')[1] ?? '0';
    const path = `conversations/${granted.conversationId}/activities?watermark=${Number(mark)}`;
    const { body } = await wire.call('GET', path, { token: granted.token });
    for (const activity of (body.activities ?? []) as Activity[]) {
      if (activity.from.role === 'user') continue;
      const { id, text, found } = read(activity);
      seen.push({ id, text, buttons: found.map(({ title }) => title), kind: 'message' });
      if (found.length > 0) buttons.splice(0, Number.POSITIVE_INFINITY, ...found);
    }
  };
  const enter = async (from: string): Promise<Browser | undefined> => {
    const known = browsers.get(from);
    if (known) return known;
    const { status, body } = await wire.call('POST', 'tokens/generate', { body: { site: 'contract' } });
    if (status !== 200) return undefined;
    const browser = { granted: body as Granted, seen: [], buttons: [] };
    browsers.set(from, browser);
    return browser;
  };

  return {
    channel: webchat(),
    account,
    listening(origin) {
      wire = wireClient(origin);
      polling = setInterval(() => {
        if (busy) return;
        busy = true;
        Promise.all([...browsers.values()].map(poll))
          .catch(() => undefined)
          .finally(() => {
            busy = false;
          });
      }, 50);
    },
    async says(text, { id, from = 'me' } = {}) {
      const browser = await enter(from);
      if (!browser) return false;
      const channelData = { clientActivityID: id };
      return (await wire.say(browser.granted, { type: 'message', text, channelData })).status === 200;
    },
    async presses(title) {
      const browser = [...browsers.values()].findLast(({ buttons }) =>
        buttons.some((b) => b.title === title),
      );
      const value = browser?.buttons.find((button) => button.title === title)?.value;
      if (!browser) throw new Error(`there is no button ${title}`);
      const says = typeof value === 'string' ? { text: value } : { text: title, value };
      const { status, body } = await wire.say(browser.granted, { type: 'message', ...says });
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      const { card } = body as { card?: { title: string; outcome?: string } };
      const at = browser.seen.findLast(({ kind }) => kind === 'message')?.id ?? '';
      if (card)
        browser.seen.splice(-1, 0, {
          kind: 'update',
          id: at,
          buttons: [],
          text: `${card.title} ${card.outcome}`,
        });
    },
    forges: () => forge(wire, enter),
    async oversize() {
      const browser = await enter('large');
      const activity = { type: 'message', text: 'x', value: { filler: 'y'.repeat(70_000) } };
      return browser !== undefined && (await wire.say(browser.granted, activity)).status === 200;
    },
    seen: (from = 'me') => browsers.get(from)?.seen ?? [],
    // Nothing is sent to a platform: browsers come for it.
    mood: () => undefined,
    async close() {
      clearInterval(polling);
    },
  };
}

function read({ id, text, attachments = [], suggestedActions }: Activity) {
  const cards = attachments.map(({ content }) => content);
  const words = [text, ...cards.flatMap(({ body }) => body.map((element) => element.text ?? ''))];
  const submits = cards.flatMap(({ actions = [] }) =>
    actions.map(({ title, data }) => ({ title, value: data })),
  );
  return {
    id,
    text: words.filter(Boolean).join('\n'),
    found: [...(suggestedActions?.actions ?? []), ...submits],
  };
}

/** Everything that this wire's security has: each as somebody without the right would try it. */
async function forge(
  wire: WireClient,
  enter: (from: string) => Promise<Browser | undefined>,
): Promise<string[]> {
  const [mine, theirs] = [await enter('forger'), await enter('victim')];
  if (!mine || !theirs) throw new Error('nobody was let in');
  const { conversationId } = theirs.granted;
  const [head, claims, signature] = theirs.granted.token.split('.') as [string, string, string];
  const asNone = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const payload = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const signed = (more: object, key = randomBytes(32)) =>
    new SignJWT({ ...payload, ...more }).setProtectedHeader({ alg: 'HS256' }).sign(key);
  const moved = Buffer.from(JSON.stringify({ ...payload, conv: conversationId, exp: 9e9 })).toString(
    'base64url',
  );
  const tries: Record<string, { token?: string; headers?: Record<string, string> }> = {
    'no token': {},
    'the token of another conversation': { token: mine.granted.token },
    'a token without signature': { token: `${asNone}.${claims}.` },
    'a token with another key': { token: await signed({}) },
    'a token with changed claims': { token: `${head}.${moved}.${signature}` },
    'a page of another origin': { token: theirs.granted.token, headers: { origin: 'https://evil.example' } },
  };
  const entered: string[] = [];
  for (const [name, { token, headers }] of Object.entries(tries)) {
    const options = {
      body: { type: 'message', text: name },
      ...(token && { token }),
      ...(headers && { headers }),
    };
    const posted = await wire.call('POST', `conversations/${conversationId}/activities`, options);
    const uploaded = await wire.call('POST', `conversations/${conversationId}/upload`, options);
    if (posted.status < 400 || uploaded.status < 400) entered.push(name);
  }
  return entered;
}

channelContract('web chat', { push: false, buttons: true, receipts: false }, async () => openPeer());
