import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type {
  Account,
  Channel,
  ChannelHost,
  ChannelKind,
  Delivery,
  SendResult,
} from '../../../channels/channel.ts';

/** Files of at most this many bytes are read. */
const MAX_BYTES = 16 * 1024;

const settings = z.object({
  folder: z.string().min(1),
  secret: z.string().min(16),
  everyMs: z.number().positive().default(20),
});
type Settings = z.output<typeof settings>;

/**
 * A channel of files, the smallest that keeps the contract: docs/CHANNELS.md adds it in five steps. Whoever writes to
 * the centre puts `in/<who>/<id>`, whose first line is the HMAC of the rest; it is renamed to `.done` once it was
 * written down, or to `.refused`. Answers are `out/<who>/<number>`. The external id is the file's name.
 */
export const kind: ChannelKind = {
  name: 'file',
  settings,
  create: ({ accounts, onError }) => fileChannel(accounts, onError),
};

function fileChannel(accounts: Account[], onError: (error: unknown, where: string) => void): Channel {
  const timers: NodeJS.Timeout[] = [];
  const ofAccount = (id: string) =>
    accounts.find((account) => account.id === id)?.settings as Settings | undefined;
  return {
    name: 'file',
    can: { push: true, buttons: false, cards: false, markdown: false, typing: false, maxText: 300 },
    async open(host) {
      for (const account of accounts) {
        const { everyMs } = account.settings as Settings;
        let busy = false;
        const look = async () => {
          if (busy) return;
          busy = true;
          await collect(host, account).catch((error) => onError(error, account.id));
          busy = false;
        };
        timers.push(setInterval(look, everyMs));
      }
    },
    async close() {
      for (const timer of timers.splice(0)) clearInterval(timer);
    },
    send: (delivery) => put(ofAccount(delivery.account), delivery),
  };
}

async function collect(host: ChannelHost, account: Account): Promise<void> {
  const { folder } = account.settings as Settings;
  const inbox = join(folder, 'in');
  await mkdir(inbox, { recursive: true });
  for (const who of await readdir(inbox))
    for (const id of (await readdir(join(inbox, who))).filter((name) => !name.includes('.')).sort())
      await takeIn(host, account, { who, id, path: join(inbox, who, id) });
}

async function takeIn(host: ChannelHost, account: Account, file: { who: string; id: string; path: string }) {
  const text = await authentic(file.path, (account.settings as Settings).secret);
  if (text === undefined) return rename(file.path, `${file.path}.refused`);
  try {
    const conversationId = await host.thread(account, file.who, 'zh-CN');
    await host.receive(account, { conversationId, kind: 'message', text, externalId: file.id });
  } catch {
    // Not written down: whoever sent it sees that it wasn't taken, and sends it again.
    return rename(file.path, `${file.path}.failed`);
  }
  return rename(file.path, `${file.path}.done`);
}

async function authentic(path: string, secret: string): Promise<string | undefined> {
  if ((await stat(path)).size > MAX_BYTES) return undefined;
  const [mark = '', ...rest] = (await readFile(path, 'utf8')).split('\n');
  const text = rest.join('\n');
  const [given, right] = [Buffer.from(mark, 'hex'), sign(text, secret)];
  return given.length === right.length && timingSafeEqual(given, right) ? text : undefined;
}

export const sign = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest();

async function put(to: Settings | undefined, { address, id, message }: Delivery): Promise<SendResult> {
  if (!to) return { permanent: 'no such account' };
  const out = join(to.folder, 'out', address);
  await mkdir(out, { recursive: true });
  const before = (await readdir(out)).length;
  await writeFile(join(out, String(before + 1).padStart(6, '0')), message.text, { flag: 'wx' });
  return { externalIds: [id] };
}
