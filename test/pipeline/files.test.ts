import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel, InboundFile } from '../../channels/channel.ts';
import { pdf, picture } from '../fakes/pictures.ts';
import { type Centre, openCentre, type Visitor } from './centre.ts';

/** What the platform answers when a file is asked for, by its reference; each takes one answer, the last stays. */
const shelf = new Map<string, (Buffer | Error | Promise<Buffer>)[]>();
const asked: string[] = [];
const fetching: Channel = {
  name: 'fetching',
  can: { push: false, buttons: true, cards: true, markdown: true, typing: true, maxText: 4000 },
  open: async () => {},
  close: async () => {},
  async fetchFile(_account, ref) {
    asked.push(ref);
    const answers = shelf.get(ref) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer || answer instanceof Error) throw answer ?? new Error('no such file');
    return answer;
  },
};

const WAIT = 60_000;
let now = Date.now();
let centre: Centre;
beforeAll(async () => {
  centre = await openCentre({ now: () => now, random: () => 0 }, fetching);
});
afterAll(() => centre.close());

const sends = ({ conversationId }: Visitor, files: InboundFile[], externalId?: string) =>
  centre.host.receive(centre.account, { conversationId, kind: 'message', text: '', files, externalId });
const stored = ({ conversationId }: Visitor) =>
  centre.db.prisma.file.findMany({ where: { owner: `conversation:${conversationId}` } });
/** What the transcript says of the files of the first message. */
const told = async ({ conversationId }: Visitor) => {
  const { data } = await centre.db.prisma.message.findFirstOrThrow({ where: { conversationId, seq: 1 } });
  return (data as { files: { name: string; state: string; type: string }[] }).files;
};

describe('a file that comes with its content', () => {
  it('is stored once its message is acknowledged, and nobody else gets it', async () => {
    const [anna, boris] = [await centre.visitor(), await centre.visitor()];
    await sends(anna, [{ name: '账单.png', bytes: picture() }]);
    const [own] = await centre.host.read(anna.conversationId, 0, 1);
    expect(own?.files).toMatchObject([{ name: '账单.png', type: 'image/png', size: picture().length }]);
    const id = own?.files?.[0]?.id ?? '';
    expect((await centre.host.file(anna.conversationId, id))?.bytes.equals(picture())).toBe(true);
    expect(await centre.host.file(boris.conversationId, id)).toBeUndefined();
  });

  it('is stored once, however often and at once its message is delivered', async () => {
    const anna = await centre.visitor();
    const files = [{ name: 'a.png', bytes: picture() }];
    const receipts = await Promise.all([1, 2, 3].map(() => sends(anna, files, 'once')));
    receipts.push(await sends(anna, files, 'once'));
    expect(receipts.map(({ seq }) => seq)).toEqual([1, 1, 1, 1]);
    expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await stored(anna)).toHaveLength(1);
  });

  it('is refused with its message when it is not what may be sent: nothing of either stays', async () => {
    const anna = await centre.visitor();
    const page = { name: 'photo.png', bytes: Buffer.from('<html><script>alert(1)</script></html>') };
    await expect(sends(anna, [{ name: 'a.png', bytes: picture() }, page])).rejects.toMatchObject({
      code: 'unsupported_type',
    });
    const big = { name: 'big.png', bytes: picture(2, 2, { bytes: 10 * 1024 * 1024 }) };
    await expect(sends(anna, [big])).rejects.toMatchObject({ code: 'too_large' });
    const eleven = Array.from({ length: 11 }, (_, n) => ({ name: `${n}.png`, bytes: picture() }));
    await expect(sends(anna, eleven)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await stored(anna)).toEqual([]);
    expect(await anna.transcript()).toEqual([]);
  });
});

describe('a file that the channel only names', () => {
  it('is fetched after the message was acknowledged, and then belongs to it', async () => {
    const anna = await centre.visitor();
    shelf.set('ref-1', [pdf()]);
    await sends(anna, [{ name: '../合同.pdf', ref: 'ref-1' }]);
    await vi.waitFor(async () =>
      expect(await told(anna)).toMatchObject([
        { name: '合同.pdf', state: 'stored', type: 'application/pdf', size: pdf().length },
      ]),
    );
    const [own] = await centre.host.read(anna.conversationId, 0, 1);
    const file = await centre.host.file(anna.conversationId, own?.files?.[0]?.id ?? '');
    expect(file?.bytes.equals(pdf())).toBe(true);
    expect(asked.filter((ref) => ref === 'ref-1')).toHaveLength(1);
  });

  it('is asked for again after a while when the platform fails, and given up in the end', async () => {
    const [anna, boris] = [await centre.visitor(), await centre.visitor()];
    shelf.set('shaky', [new Error('503'), picture()]);
    shelf.set('gone', [new Error('404')]);
    await sends(anna, [{ name: 'a.png', ref: 'shaky' }]);
    await sends(boris, [{ name: 'b.png', ref: 'gone' }]);
    await vi.waitFor(() => expect(asked).toEqual(expect.arrayContaining(['shaky', 'gone'])));
    expect(await told(anna)).toMatchObject([{ state: 'pending' }]);
    // Each round of the worker sees ten minutes more: the pauses are over.
    await vi.waitFor(
      async () => {
        now += 600_000;
        centre.pipeline.nudge();
        expect(await told(anna)).toMatchObject([{ state: 'stored' }]);
        expect(await told(boris)).toMatchObject([{ name: 'b.png', state: 'failed' }]);
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(asked.filter((ref) => ref === 'gone')).toHaveLength(6);
    expect(await centre.db.prisma.fileFetch.count()).toBe(0);
  });

  it('is not held up by a platform that leaves another account waiting', async () => {
    const hanging = { ...centre.account, id: 'fetching:hangs' };
    const { id, channel, name, audience } = hanging;
    await centre.db.prisma.channelAccount.create({
      data: { id, channel, name, audience, settings: {}, createdAt: new Date(now) },
    });
    let answer: (bytes: Buffer) => void = () => {};
    shelf.set('hangs', [new Promise((resolve) => (answer = resolve))]);
    shelf.set('ready', [pdf()]);
    const boris = await centre.host.thread(hanging, 'boris', 'zh-CN');
    const message = { conversationId: boris, kind: 'message', text: '' } as const;
    for (const file of ['1.pdf', '2.pdf', '3.pdf', '4.pdf', '5.pdf'])
      await centre.host.receive(hanging, { ...message, files: [{ name: file, ref: 'hangs' }] });
    await vi.waitFor(() => expect(asked.filter((ref) => ref === 'hangs')).toHaveLength(4), WAIT);
    const anna = await centre.visitor();
    await sends(anna, [{ name: 'a.pdf', ref: 'ready' }]);
    await vi.waitFor(async () => expect(await told(anna)).toMatchObject([{ state: 'stored' }]), WAIT);
    expect(asked.filter((ref) => ref === 'hangs')).toHaveLength(4);
    answer(pdf());
    await vi.waitFor(async () => expect(await centre.db.prisma.fileFetch.count()).toBe(0), WAIT);
  });

  it('is given up at once when it is not what may be sent', async () => {
    const anna = await centre.visitor();
    shelf.set('page', [Buffer.from('<html></html>')]);
    await sends(anna, [{ name: 'a.png', ref: 'page' }]);
    await vi.waitFor(async () => expect(await told(anna)).toMatchObject([{ state: 'failed' }]));
    expect(asked.filter((ref) => ref === 'page')).toHaveLength(1);
  });
});
