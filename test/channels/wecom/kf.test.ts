import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kfKind } from '../../../channels/wecom/channel.ts';
import { KF } from '../../fakes/wecom/kf.ts';
import { heard, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(kfKind);
  await expect.poll(places).toEqual(['cursor-0']);
});
afterEach(async () => {
  expect(stage.platform.kf.faults).toEqual([]);
  await stage.close();
});

const kf = () => stage.platform.kf;
const tells = () =>
  stage.caller.post({ MsgType: 'event', Event: 'kf_msg_or_event', Token: kf().token(), OpenKfId: KF });
const text = (content: string, more: Record<string, unknown> = {}) => ({
  msgtype: 'text',
  text: { content },
  ...more,
});
const says = async (from: string, content: string) => {
  kf().happens(from, text(content));
  expect((await tells()).status).toBe(200);
};
/** The cursors on the shelf. */
const places = () => [...stage.host.shelved.values()].map(({ value }) => JSON.parse(value).cursor);
const hears = (lines: string[]) => expect.poll(() => heard(stage.host)).toEqual(lines);
const shown = () => stage.platform.shown.map(({ to, text: words, buttons }) => [to, words, ...buttons]);
const send = (address: string, message: Parameters<Stage['delivery']>[1]) =>
  stage.channel.send?.(stage.delivery(address, message));
const addressOf = (key: string) => stage.host.addresses.get(`wecom-kf:help ${key}`) ?? '';

describe('a customer writes in WeChat', () => {
  it('and is heard after the callback was answered', async () => {
    await says('wm1', '怎样办理套餐变更');
    await hears(['wm1: 怎样办理套餐变更']);
    expect(kf().pulls.at(-1)).toMatchObject({ token: true });
  });

  it('what came before we were there is not answered; what came while we were away is', async () => {
    stage.pass(-3600_000);
    kf().happens('wm1', text('一小时前'));
    stage.pass(3600_000);
    await says('wm1', '现在');
    await hears(['wm1: 现在']);
    await stage.channel.close();
    kf().happens('wm1', text('停机时'));
    stage.pass(12 * 3600_000);
    await stage.restart();
    await hears(['wm1: 现在', 'wm1: 停机时']);
  });

  it('many pages are pulled one after the other, each cursor kept once its page is taken', async () => {
    kf().pageSize = 3;
    for (let n = 0; n < 10; n++) kf().happens(`wm${n % 2}`, text(`第${n}句`));
    await tells();
    await expect.poll(() => heard(stage.host).length).toBe(10);
    expect(heard(stage.host).filter((line) => line.startsWith('wm1'))).toEqual(
      [1, 3, 5, 7, 9].map((n) => `wm1: 第${n}句`),
    );
    await expect.poll(places).toEqual(['cursor-10']);
  });

  it('what could not be written down is pulled again, from where we were', async () => {
    stage.host.failure = new Error('the database is away');
    await says('wm1', '没记下');
    await expect.poll(() => stage.errors.length).toBeGreaterThan(0);
    expect(places()).toEqual(['cursor-0']);
    stage.host.failure = undefined;
    await hears(['wm1: 没记下']);
    await expect.poll(places).toEqual(['cursor-1']);
  });

  it('a quiet account’s place is put on the shelf again, which forgets what is old', async () => {
    stage.pass(25 * 3600_000);
    await tells();
    await expect.poll(() => [...stage.host.shelved.values()].map(({ at }) => at)).toEqual([stage.host.now()]);
    expect(places()).toEqual(['cursor-0']);
  });

  it('one entry that is refused for good holds up nobody', async () => {
    kf().happens('wm1', text('太长', { msgid: 'bad' }));
    kf().happens('wm1', text('正常'));
    kf().log.unshift({ msgid: '', send_time: kf().log[0]?.send_time ?? 0, msgtype: 'text', nonsense: true });
    const receive = stage.host.receive.bind(stage.host);
    stage.host.receive = (account, message) =>
      message.externalId === 'bad'
        ? Promise.reject(Object.assign(new Error('too long'), { status: 413 }))
        : receive(account, message);
    await tells();
    await hears(['wm1: 正常']);
    expect(stage.errors).toHaveLength(2);
  });

  it('a Token that is over costs a second question only', async () => {
    const Token = kf().token();
    stage.pass(600_001);
    kf().happens('wm1', text('迟到的回调'));
    await stage.caller.post({ MsgType: 'event', Event: 'kf_msg_or_event', Token, OpenKfId: KF });
    await hears(['wm1: 迟到的回调']);
    expect(stage.errors).toEqual([]);
  });

  it('every kind of message says something', async () => {
    stage.platform.media.set('m', { name: '', type: 'file', bytes: Buffer.from('bytes') });
    kf().happens('wm1', { msgtype: 'image', image: { media_id: 'm' } });
    kf().happens('wm1', { msgtype: 'voice', voice: { media_id: 'm' } });
    kf().happens('wm1', {
      msgtype: 'location',
      location: { latitude: 23.1, name: '广州塔', address: '海珠区' },
    });
    kf().happens('wm1', { msgtype: 'link', link: { title: '活动', url: 'https://a.example' } });
    kf().happens('wm1', { msgtype: 'business_card', business_card: { userid: 'x' } });
    kf().happens('wm1', text('别人说的', { origin: 5 }));
    await tells();
    await hears(
      ['', '', '位置：广州塔 海珠区', '活动\nhttps://a.example', '[不支持的消息类型：business_card]'].map(
        (line) => `wm1: ${line}`,
      ),
    );
    const files = [...stage.host.threads.values()].flatMap(({ inbound }) =>
      inbound.flatMap((each) => each.files ?? []),
    );
    expect(files).toEqual([
      { name: 'image', ref: 'm' },
      { name: 'voice.amr', ref: 'm' },
    ]);
    expect(await stage.channel.fetchFile?.('wecom-kf:help', 'm', 100)).toEqual(Buffer.from('bytes'));
  });

  it('what they take back is taken back', async () => {
    const entry = kf().happens('wm1', text('说错了'));
    const event = { event_type: 'user_recall_msg', external_userid: 'wm1', recall_msgid: entry.msgid };
    kf().happens('wm1', { msgtype: 'event', event });
    await tells();
    const signs = () => [...stage.host.threads.values()].flatMap((thread) => thread.signs);
    await expect.poll(signs).toMatchObject([{ kind: 'delete', externalId: entry.msgid }]);
  });
});

describe('a customer is written to', () => {
  it('who only opened the chat is welcomed once, by the code of that moment', async () => {
    kf().enters('wm1');
    await tells();
    await expect.poll(() => addressOf('wm1')).toContain('welcome');
    const actions = [{ title: '查话费' }, { title: '人工' }];
    expect(await send(addressOf('wm1'), { text: '您好', actions })).toMatchObject({
      externalIds: [expect.any(String)],
    });
    expect(shown()).toEqual([['wm1', '您好', '查话费', '人工']]);
    stage.pass(20_000);
    expect(await send(addressOf('wm1'), { text: '还在吗' })).toMatchObject({ address: 'blocked' });
    await says('wm1', '在');
    await hears(['wm1: 在']);
    expect(addressOf('wm1')).toBe('wm1');
  });

  it('five messages, then they wait until the customer writes; after 48 hours none', async () => {
    await says('wm1', '你好');
    await hears(['wm1: 你好']);
    for (let n = 0; n < 5; n++) expect(await send('wm1', { text: `第${n}条` })).toHaveProperty('externalIds');
    expect(await send('wm1', { text: '第六条' })).toMatchObject({
      retryAfter: 60_000,
      reason: expect.stringContaining('95001'),
    });
    await says('wm1', '继续');
    expect(await send('wm1', { text: '第六条' })).toHaveProperty('externalIds');
    stage.pass(48 * 3600_000);
    expect(await send('wm1', { text: '通知' })).toMatchObject({
      permanent: expect.stringContaining('95002'),
      address: 'blocked',
    });
  });

  it('a long text stands above its menu; ten choices to a menu', async () => {
    await says('wm1', '菜单');
    const actions = Array.from({ length: 12 }, (_, n) => ({ title: `第${n}项` }));
    await send('wm1', { text: '字'.repeat(400), actions });
    expect(shown().map(([, words, ...buttons]) => [words?.length, buttons.length])).toEqual([
      [400, 0],
      [3, 10],
      [3, 2],
    ]);
  });

  it('a click says what the button says, however long', async () => {
    await says('wm1', '菜单');
    await hears(['wm1: 菜单']);
    const title = '一个很长的选项'.repeat(10);
    await send('wm1', {
      text: '请选',
      actions: [
        { title: '办理', value: '我要办理套餐' },
        { title, value: title },
      ],
    });
    for (const { title: content, key } of stage.platform.shown[0]?.keys ?? [])
      kf().happens('wm1', { msgtype: 'text', text: { content, ...(key && { menu_id: key }) } });
    kf().happens('wm1', { msgtype: 'text', text: { content: '别家的菜单', menu_id: '101' } });
    await tells();
    await expect.poll(() => heard(stage.host).slice(1)).toHaveLength(3);
    expect(heard(stage.host)[1]).toBe('wm1: 我要办理套餐');
    expect(heard(stage.host)[2]).toMatch(/^wm1: (一个很长的选项)+.*…$/);
    expect(heard(stage.host)[3]).toBe('wm1: 别家的菜单');
  });

  it('a click on a button that counts once presses it; one no longer known is heard as words', async () => {
    await says('wm1', '评价');
    await hears(['wm1: 评价']);
    const [thread] = stage.host.threads.values();
    const token = '-_'.repeat(10);
    const card = { title: '评价', buttons: [{ title: '满意', token }] };
    stage.host.cards.set(token, { conversationId: thread?.id ?? '', card, outcome: '谢谢' });
    await send('wm1', { text: '满意吗', actions: [...card.buttons, { title: '旧的', token: 'gone' }] });
    for (const { title: content, key: menu_id } of stage.platform.shown[0]?.keys ?? [])
      kf().happens('wm1', { msgtype: 'text', text: { content, menu_id } });
    await tells();
    await hears(['wm1: 评价', 'wm1: 旧的']);
    expect(stage.host.cards.get(token)?.card.outcome).toBe('谢谢');
  });

  it('what did not arrive is reported, with the reason', async () => {
    const reasons: string[] = [];
    stage.host.receipt = async (
      account,
      id,
      state,
      about?: { reason?: string; address?: string | undefined },
    ) => void reasons.push([account, id, state, about?.reason].join(' '));
    const event = { event_type: 'msg_send_fail', external_userid: 'wm1', fail_msgid: 'm7', fail_type: 10 };
    kf().happens('wm1', { msgtype: 'event', event });
    await tells();
    await expect.poll(() => reasons).toEqual(['wecom-kf:help m7 failed 10 用户拒收']);
  });
});
