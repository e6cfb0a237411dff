import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Granted, wireClient } from '../fakes/directline-client.ts';
import { Connector } from '../fakes/teams/connector.ts';
import { Person, TENANT } from '../fakes/teams/person.ts';
import type { Outgoing } from '../fakes/teams/rules.ts';
import { TOKEN } from '../fakes/telegram/peer.ts';
import { callback, deliver, openChat, updateOf, written } from '../fakes/telegram/people.ts';
import { FakeTelegram } from '../fakes/telegram/server.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

export const WIRES = ['web', 'telegram', 'teams'] as const;
export type Wire = (typeof WIRES)[number];

/** A message of the bot as it stands in the app now: redrawn ones as they were drawn last. */
export interface Shown {
  text: string;
  /** Titles; a pressed button is found again by what it carries. */
  buttons: { title: string; carries: unknown }[];
}

/** A colleague's chat with the staff bot in one app, over its wire. */
export interface StaffChat {
  says(text: string): Promise<void>;
  /** All that stands there. */
  shown(): Promise<Shown[]>;
  /** Presses a button; what the app shows the presser at once, where it does. */
  press(button: Shown['buttons'][number]): Promise<string>;
  /** Waits for a message that says this. */
  hears(words: string): Promise<Shown>;
  /** Waits until a message stands so. */
  sees(so: (message: Shown) => boolean): Promise<Shown>;
  /** Presses the newest button of this title. */
  presses(title: string): Promise<string>;
}

type Bare = Pick<StaffChat, 'says' | 'shown' | 'press'>;

/** The product with its web page, a Telegram and a Teams bot for colleagues. */
export interface Peers {
  centre: Centre;
  telegram: FakeTelegram;
  connector: Connector;
  /** The chat of a colleague, by number 工号, who has linked it. */
  chat(wire: Wire, number: string): Promise<StaffChat>;
  close(): Promise<void>;
}

export async function openPeers(): Promise<Peers> {
  // The SDK prints what it refuses, and it is asked by an app that has just lost its server.
  const [telegram, connector] = [await FakeTelegram.start(), await Connector.start()];
  const bot = telegram.bot(TOKEN, 'ChenxingTeamBot');
  const appId = randomUUID();
  const folder = mkdtempSync(join(tmpdir(), 'yingda-peers-'));
  const account = (id: string, settings: object) => ({ id, name: id, audience: 'staff', settings });
  const accounts = [
    account('telegram:team', { token: TOKEN, mode: 'polling', apiRoot: telegram.root }),
    account('teams:team', {
      ...{
        MicrosoftAppId: appId,
        MicrosoftAppTenantId: TENANT,
        MicrosoftAppPassword: 'a secret of the test',
      },
      ToChannelFromBotLoginUrl: `${connector.origin}/${TENANT}`,
      ToBotFromChannelOpenIdMetadataUrl: `${connector.origin}/openid`,
      ...{ ServiceHosts: [connector.origin], FileHosts: [connector.origin] },
    }),
  ];
  const file = join(folder, 'channels.yaml');
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify({ accounts }));
  const centre = await openDemoCentre(undefined, { CHANNELS_FILE: file });
  let people = 0;
  const open: Record<Wire, (number: string) => Promise<Bare> | Bare> = {
    web: (number) => webChat(centre, number),
    telegram: () => telegramChat(bot, ++people),
    teams: () => teamsChat(connector, new Person(connector, appId), centre),
  };
  return {
    ...{ centre, telegram, connector },
    async chat(wire, number) {
      const chat = patient(await open[wire](number), centre);
      if (wire === 'web') return chat;
      const headers = await centre.signedIn(number);
      const code = await fetch(`${centre.url}/api/v1/my/channels/code`, {
        ...{ method: 'POST', headers: { ...headers, 'x-client-id': randomUUID() } },
      });
      await chat.says(((await code.json()) as { code: string }).code);
      await chat.hears('绑定成功');
      return chat;
    },
    async close() {
      await centre.close();
      await telegram.stop();
      await connector.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const WAIT_MS = 30_000;

/** Waiting lets the time pass: apps are written to at their own pace. */
function patient(bare: Bare, { clock }: Centre): StaffChat {
  const until = async <T>(find: (all: Shown[]) => T | undefined, what: string): Promise<T> => {
    const ends = performance.now() + WAIT_MS;
    for (;;) {
      const all = await bare.shown();
      const found = find(all);
      if (found !== undefined) return found;
      const last = all
        .slice(-3)
        .map(({ text, buttons }) => [text, ...buttons.map(({ title }) => `[${title}]`)]);
      if (performance.now() > ends) throw new Error(`never ${what}; last: ${last.flat().join('\n')}`);
      clock.advance(500);
      await delay(100);
    }
  };
  return {
    ...bare,
    hears: (words) => until((all) => all.findLast(({ text }) => text.includes(words)), `hears ${words}`),
    sees: (so) => until((all) => all.findLast(so), `sees ${so}`),
    async presses(title) {
      const newest = (all: Shown[]) =>
        all.flatMap(({ buttons }) => buttons).findLast((button) => button.title === title);
      return bare.press(await until(newest, `sees the button ${title}`));
    },
  };
}

interface Activity {
  text?: string;
  from: { role: string };
  attachments?: { content: { fallbackText: string; actions?: { title: string; data: unknown }[] } }[];
  suggestedActions?: { actions: { title: string; value: unknown }[] };
}

async function webChat(centre: Centre, number: string): Promise<Bare> {
  const headers = await centre.signedIn(number);
  const invited = await fetch(`${centre.url}/api/v1/staff/directline-token`, { method: 'POST', headers });
  const granted = (await invited.json()) as Granted;
  const wire = () => wireClient(centre.url);
  const say = async (activity: object) => {
    const { status, body } = await wire().say(granted, { type: 'message', ...activity });
    expect(status, JSON.stringify(body)).toBe(200);
    return body as { card?: { outcome?: string } };
  };
  return {
    says: async (text) => void (await say({ text })),
    async shown() {
      const path = `conversations/${granted.conversationId}/activities?watermark=0`;
      const { body } = await wire().call('GET', path, { token: granted.token });
      const said = (body.activities as Activity[]).filter(({ from }) => from.role !== 'user');
      return said.map(({ text, attachments = [], suggestedActions }) => {
        const cards = attachments.map(({ content }) => content);
        const words = [text, ...cards.map(({ fallbackText }) => fallbackText)];
        const presses = cards.flatMap(({ actions = [] }) => actions);
        const choices = suggestedActions?.actions ?? [];
        return {
          text: words.filter(Boolean).join('\n'),
          buttons: [
            ...choices.map(({ title, value }) => ({ title, carries: value })),
            ...presses.map(({ title, data }) => ({ title, carries: data })),
          ],
        };
      });
    },
    async press({ title, carries }) {
      const { card } = await say(
        typeof carries === 'string' ? { text: carries } : { text: title, value: carries },
      );
      return card?.outcome ?? '';
    },
  };
}

function telegramChat(bot: ReturnType<FakeTelegram['bot']>, id: number): Bare {
  const person = { id: 7000 + id, first_name: `同事${id}`, language_code: 'zh-hans' };
  const chat = openChat(bot, person.id);
  return {
    says: async (text) => void (await deliver(bot, updateOf(bot, 'message', written(chat, person, text)))),
    shown: async () =>
      [...chat.messages.values()].map(({ text, keyboard }) => ({
        text,
        buttons: keyboard.flat().map((button) => ({ title: button.text, carries: button.callback_data })),
      })),
    async press({ carries }) {
      const query = callback(bot, chat, person, String(carries));
      await deliver(bot, updateOf(bot, 'callback_query', query));
      await expect.poll(() => bot.asked.has(query.id), { timeout: 60_000 }).toBe(false);
      return bot.answers.get(query.id) ?? '';
    },
  };
}

interface Executable {
  type: string;
  title: string;
  data: { msteams?: { text: string; value: unknown } };
}

function teamsChat(connector: Connector, person: Person, centre: Centre): Bare {
  const at = () => {
    person.endpoint = `${centre.url}/channels/teams/team`;
    return person;
  };
  return {
    async says(text) {
      expect((await at().says(text, { id: randomUUID() })).status).toBe(200);
    },
    async shown() {
      const own = connector.posts.filter(({ conversation }) => conversation === person.chat.id);
      const newest = new Map(own.filter(({ kind }) => kind !== 'typing').map((post) => [post.id, post]));
      return [...newest.values()].map(({ activity }) => drawn(activity));
    },
    async press({ title, carries }) {
      const action = carries as Executable;
      if (action?.type === 'Action.Execute') {
        const { value } = await at().executes({ ...action });
        return wordsOf(value as unknown as Card);
      }
      const said = action?.data?.msteams;
      await at().says(said?.text ?? String(carries ?? title), said ? { value: said.value } : {});
      return '';
    },
  };
}

interface Card {
  body: { text?: string; facts?: { title: string; value: string }[]; actions?: Executable[] }[];
}

function drawn(activity: Outgoing): Shown {
  if (activity.type !== 'message') return { text: '', buttons: [] };
  const found = activity.attachments?.find((each) => 'content' in each);
  const card = found && 'content' in found ? (found.content as unknown as Card) : { body: [] };
  const suggested = activity.suggestedActions?.actions ?? [];
  return {
    text: [activity.text, wordsOf(card)].filter(Boolean).join('\n'),
    buttons: [
      ...suggested.map(({ title, value }) => ({ title, carries: value as unknown })),
      ...card.body.flatMap(({ actions = [] }) =>
        actions.map((action) => ({ title: action.title, carries: action as unknown })),
      ),
    ],
  };
}

const wordsOf = ({ body }: Card) =>
  body
    .flatMap(({ text, facts = [] }) => [text, ...facts.map(({ title, value }) => `${title}: ${value}`)])
    .filter(Boolean)
    .join('\n');
