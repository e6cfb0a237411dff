import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { TOKEN } from './peer.ts';
import { deliver, openChat, type Person, updateOf, written } from './people.ts';
import { FakeTelegram } from './server.ts';

/** Somebody who writes to one of the two bots, and what it told them. */
export interface Correspondent {
  says(text: string): Promise<unknown>;
  told(): string[];
  /** Waits until they were told this. */
  hears(words: string): Promise<void>;
}

/** Telegram with a customers' and a colleagues' bot for the whole product: `env` connects it, by polling. */
export async function telegramForProduct() {
  const telegram = await FakeTelegram.start();
  const staffToken = `220202020:${TOKEN.slice(10)}`;
  const bots = {
    help: telegram.bot(TOKEN, 'ChenxingBot'),
    team: telegram.bot(staffToken, 'ChenxingTeamBot'),
  };
  const folder = mkdtempSync(join(tmpdir(), 'yingda-channels-'));
  const file = join(folder, 'channels.yaml');
  const account = (id: string, name: string, audience: string, token: string) => ({
    ...{ id, name, audience },
    settings: { token, mode: 'polling', apiRoot: telegram.root },
  });
  const accounts = [
    account('telegram:help', '辰星客服', 'customer', TOKEN),
    account('telegram:team', '辰星同事', 'staff', staffToken),
  ];
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify({ accounts }));
  return {
    telegram,
    env: { CHANNELS_FILE: file },
    /** In a chat of two, or in a group that both are in, where the bot is called by its name. */
    person(to: keyof typeof bots, person: Person, group?: number): Correspondent {
      const bot = bots[to];
      const chat = group === undefined ? openChat(bot, person.id) : openChat(bot, group, 'supergroup');
      const call = group === undefined ? '' : `@${bot.username} `;
      const told = () => chat.sent.filter(({ kind }) => kind === 'message').map(({ text }) => text);
      return {
        says: (text) => deliver(bot, updateOf(bot, 'message', written(chat, person, call + text))),
        told,
        hears: (words) => expect.poll(() => told().join('\n'), { timeout: 60_000 }).toContain(words),
      };
    },
    async stop() {
      await telegram.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TelegramForProduct = Awaited<ReturnType<typeof telegramForProduct>>;
