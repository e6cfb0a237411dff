import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { openStage, type Stage, type Visitor } from './widget-stage.ts';

describe.skipIf(!requirePeer('chromium'))('the web chat on a bad network', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(() => {
    Object.assign(stage.peer.trouble, {
      failPosts: 0,
      loseAnswers: 0,
      dark: false,
      noSockets: false,
      tokensExpired: false,
    });
  });

  const chatting = async (): Promise<Visitor> => {
    const visitor = await stage.visit('/bare');
    await visitor.page.getByTestId('launcher').click();
    await visitor.ask('echo 开始');
    await expect.poll(visitor.said).toHaveLength(2);
    return visitor;
  };

  it('comes back after a dropped connection with everything once and in order', async () => {
    const { page, said } = await chatting();
    const room = stage.peer.rooms.last;
    const expected = ['echo 开始', 'echo echo 开始'];
    for (let drop = 0; drop < 3; drop += 1) {
      stage.peer.trouble.dark = true;
      stage.peer.dropStreams();
      room.say({ type: 'message', text: `断线时 ${drop}` });
      expected.push(`断线时 ${drop}`);
      stage.peer.trouble.dark = false;
      await expect.poll(said).toEqual(expected);
    }
    expect(await page.getByTestId('status').textContent()).toBe('');
  });

  it('says quietly that it reconnects, and stops saying so', async () => {
    const { page, ask, said } = await chatting();
    stage.peer.trouble.dark = true;
    stage.peer.dropStreams();
    const status = page.getByTestId('status');
    await expect.poll(() => status.textContent()).toContain('正在重新连接');
    await ask('echo 断线时写的');
    expect(await page.locator('[data-state=sending]').count()).toBe(1);
    stage.peer.trouble.dark = false;
    await expect
      .poll(said)
      .toEqual(['echo 开始', 'echo echo 开始', 'echo 断线时写的', 'echo echo 断线时写的']);
    await expect.poll(() => status.textContent()).toBe('');
  });

  it('marks what could not be sent, and sends it again once', async () => {
    const { page, ask, said } = await chatting();
    stage.peer.trouble.failPosts = 3;
    await ask('echo 再试');
    const resend = page.getByTestId('resend');
    await resend.waitFor({ timeout: 30_000 });
    expect(await page.locator('[data-state=failed]').textContent()).toContain('未发送');
    await resend.click();
    await expect.poll(said).toEqual(['echo 开始', 'echo echo 开始', 'echo 再试', 'echo echo 再试']);
    expect(await page.locator('[data-state=failed]').count()).toBe(0);
  });

  it('does not double a message whose acknowledgement was lost', async () => {
    const { said, ask } = await chatting();
    stage.peer.trouble.loseAnswers = 1;
    await ask('echo 一次');
    const room = stage.peer.rooms.last;
    await expect.poll(() => room.posted.length).toBe(3);
    await expect.poll(said).toEqual(['echo 开始', 'echo echo 开始', 'echo 一次', 'echo echo 一次']);
    const ids = room.posted.slice(1).map((one) => one.channelData?.clientActivityID);
    expect(ids[0]).toBe(ids[1]);
  });

  it('sends after a reload what the reload interrupted', async () => {
    const { page, ask, said } = await chatting();
    stage.peer.trouble.dark = true;
    await ask('echo 打断');
    await page.reload();
    stage.peer.trouble.dark = false;
    await expect.poll(said).toEqual(['echo 开始', 'echo echo 开始', 'echo 打断', 'echo echo 打断']);
  });

  it('goes on with the resume key when the token has expired', async () => {
    const { ask, said } = await chatting();
    const room = stage.peer.rooms.last;
    const key = room.resumeKey;
    stage.peer.trouble.tokensExpired = true;
    await ask('echo 过期后');
    await expect.poll(said).toHaveLength(4);
    expect(room.resumeKey).not.toBe(key);
    expect(stage.peer.rooms.last).toBe(room);
  });

  it('begins a new conversation when the old one is gone, and says so', async () => {
    const { ask, said } = await chatting();
    stage.peer.rooms.last.gone = true;
    await ask('echo 新的');
    await expect
      .poll(said)
      .toEqual([
        'echo 开始',
        'echo echo 开始',
        '之前的对话已结束，已为您开始新的对话。',
        'echo 新的',
        'echo echo 新的',
      ]);
  });

  it('begins a new conversation when a reload finds the old one gone', async () => {
    const { page, ask, said } = await chatting();
    stage.peer.rooms.last.gone = true;
    await page.reload();
    await expect.poll(said).toEqual(['之前的对话已结束，已为您开始新的对话。']);
    await ask('echo 新的');
    await expect.poll(said).toHaveLength(3);
  });

  it('polls where a proxy lets no WebSocket through', async () => {
    stage.peer.trouble.noSockets = true;
    const { page, ask, said } = await stage.visit('/bare');
    await page.getByTestId('launcher').click();
    await ask('echo 轮询');
    await expect.poll(said).toEqual(['echo 轮询', 'echo echo 轮询']);
    stage.peer.rooms.last.say({ type: 'message', text: '后来的' });
    await expect.poll(said).toHaveLength(3);
    expect(await page.getByTestId('status').textContent()).toBe('');
  });

  it('keeps two tabs of one visitor in the same conversation', async () => {
    const { page, said } = await chatting();
    const room = stage.peer.rooms.last;
    const second = await page.context().newPage();
    await second.goto(`${stage.peer.url}/bare`);
    await second.getByTestId('launcher').click();
    await second.getByTestId('input').fill('echo 第二页');
    await second.getByTestId('send').click();
    await expect.poll(said).toHaveLength(4);
    expect(stage.peer.rooms.last).toBe(room);
  });
});
