import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Account, SendResult } from '../../channels/channel.ts';
import { kind, sign } from '../fakes/file-channel/channel.ts';
import { channelContract } from './channel.ts';
import type { Mood, Peer, Seen } from './channel-peer.ts';

const secret = 'sixteen characters';

// A disk is never busy: what a platform would answer stands before the folder.
const REFUSALS: Partial<Record<Mood, SendResult>> = {
  busy: { retryAfter: 1, reason: 'busy' },
  blocked: { permanent: 'blocked', address: 'blocked' },
  unknown: { permanent: 'no such folder', address: 'unknown' },
};

channelContract('file', { push: true, buttons: false, receipts: false }, async (): Promise<Peer> => {
  const folder = await mkdtemp(join(tmpdir(), 'yingda-file-'));
  const settings = kind.settings.parse({ folder, secret });
  const account: Account = { id: 'file:test', channel: 'file', name: '文件', audience: 'customer', settings };
  const made = kind.create({ accounts: [account], publicUrl: () => undefined, onError() {} });
  let mood: Mood = 'fine';
  const channel = {
    ...made,
    async send(delivery: Parameters<NonNullable<typeof made.send>>[0]) {
      if (mood === 'down') throw new Error('the disk is gone');
      return REFUSALS[mood] ?? (await made.send?.(delivery)) ?? { permanent: 'off' };
    },
  };
  let next = 0;
  /** Puts a file there whole, and waits for what becomes of it. */
  const drop = async (who: string, id: string, content: string): Promise<string> => {
    const inbox = join(folder, 'in', who);
    await mkdir(inbox, { recursive: true });
    for (const old of await readdir(inbox)) if (old.startsWith(`${id}.`)) await rm(join(inbox, old));
    await writeFile(join(inbox, `.${id}`), content);
    await rename(join(inbox, `.${id}`), join(inbox, id));
    return vi.waitFor(async () => {
      const name = (await readdir(inbox)).find((each) => each.startsWith(`${id}.`));
      if (!name) throw new Error('not looked at yet');
      return name.slice(id.length + 1);
    }, 20_000);
  };
  const signed = (text: string) => `${sign(text, secret).toString('hex')}\n${text}`;
  let dropping: Promise<unknown> = Promise.resolve();
  return {
    channel,
    account,
    listening() {},
    says(text, { id = `m${++next}`, from = 'somebody' } = {}) {
      // One file at a time: a folder has no room for the same name twice.
      const drops = dropping.then(() => drop(from, id, signed(text)));
      dropping = drops.catch(() => {});
      return drops.then((became) => became === 'done');
    },
    async forges() {
      const tries = {
        unsigned: '你好\n你好',
        empty: '',
        foreign: `${sign('别的话', secret).toString('hex')}\n你好`,
      };
      const became = await Promise.all(
        Object.entries(tries).map(async ([name, content]) => [name, await drop('forger', name, content)]),
      );
      return became.filter(([, end]) => end === 'done').map(([name = '']) => name);
    },
    oversize: async () => (await drop('talker', 'big', signed('大'.repeat(10_000)))) === 'done',
    seen(from = 'somebody') {
      const out = join(folder, 'out', from);
      const names = existsSync(out) ? readdirSync(out).sort() : [];
      return names.map(
        (id): Seen => ({ id, text: readFileSync(join(out, id), 'utf8'), buttons: [], kind: 'message' }),
      );
    },
    mood(next) {
      mood = next;
    },
    async close() {
      await rm(folder, { recursive: true, force: true });
    },
  };
});
