import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { openStage, type Stage, type Visitor } from './widget-stage.ts';

describe.skipIf(!requirePeer('chromium'))('a customer in the web chat', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterAll(() => stage?.close());

  const enter = async (path = '/bare'): Promise<Visitor> => {
    const visitor = await stage.visit(path);
    await visitor.page.getByTestId('launcher').click();
    return visitor;
  };

  it('asks and gets the approved answer with its source, under a strict CSP', async () => {
    const { page, ask, complaints } = await enter();
    await ask('5G套餐有哪些');
    const answer = page.getByTestId('message').filter({ hasText: '共五档' });
    await expect.poll(() => answer.locator('li').allInnerTexts()).toContain('59元：20GB＋100分钟');
    expect(await answer.locator('strong').first().textContent()).toBe('59元');
    expect(await answer.locator('a').getAttribute('href')).toBe('https://example.com/plans');
    expect(await answer.locator('a').getAttribute('rel')).toContain('noopener');
    expect(await answer.getByTestId('source').textContent()).toBe('来源：5G畅享套餐有哪些档位，价格是多少');
    expect(complaints).toEqual([]);
  });

  it('presses a choice, and the old choices can no longer be pressed', async () => {
    const { page, ask, said } = await enter();
    await ask('宽带');
    await page.getByTestId('action').filter({ hasText: '宽带断网报修' }).click();
    await expect.poll(said).toContain('宽带断网报修');
    const old = page.getByTestId('message').filter({ hasText: '您想了解哪一项' }).first();
    expect(await old.getByTestId('action').first().isDisabled()).toBe(true);
    await expect.poll(() => page.getByTestId('action').last().isEnabled()).toBe(true);
  });

  it('presses a button of a card, which posts its data', async () => {
    const { page, ask } = await enter();
    await ask('我要投诉');
    await expect
      .poll(() => page.getByTestId('card').locator('dd').allInnerTexts())
      .toEqual(['资费争议', '136****0000']);
    await page.getByTestId('card').getByTestId('action').filter({ hasText: '提交' }).click();
    await page.getByText('已收到：').waitFor();
    expect(stage.peer.rooms.last.posted.at(-1)).toMatchObject({
      text: '提交',
      value: { form: 'complaint', confirm: true },
    });
  });

  it('reaches a person by [人工], and sees who speaks', async () => {
    const { page } = await enter();
    await page.getByTestId('quick-human').click();
    const agent = page.locator('[data-author=agent]');
    await agent.waitFor();
    expect(await agent.textContent()).toMatch(/林晓[\s\S]*我是林晓/);
    expect(await page.locator('[data-author=system]').allInnerTexts()).toEqual([
      '您排在第 1 位，预计等待不到 1 分钟',
      '客服 林晓 已加入对话',
    ]);
    expect(stage.peer.rooms.last.posted.at(-1)).toMatchObject({ text: '转人工', locale: 'zh-CN' });
  });

  it('finds the conversation, the open panel and the half-written words after a reload', async () => {
    const { page, ask, said } = await enter();
    await ask('echo 一');
    await expect.poll(said).toEqual(['echo 一', 'echo echo 一']);
    await ask('echo 二');
    await expect.poll(said).toHaveLength(4);
    await page.getByTestId('input').fill('还没写完');
    await page.reload();
    await expect.poll(said).toEqual(['echo 一', 'echo echo 一', 'echo 二', 'echo echo 二']);
    expect(await page.getByTestId('input').inputValue()).toBe('还没写完');
    await ask('echo 三');
    await expect.poll(said).toHaveLength(6);
    expect(stage.peer.rooms.last.posted).toHaveLength(3);
  });

  it('sees how many messages came while the chat was closed, also after a reload', async () => {
    const { page, ask, said } = await enter();
    await ask('echo');
    await expect.poll(said).toHaveLength(2);
    await page.getByTestId('close').click();
    const room = stage.peer.rooms.last;
    room.say({ type: 'message', text: '第一条' });
    room.say({ type: 'message', text: '第二条' });
    const badge = page.getByTestId('badge');
    await expect.poll(() => badge.textContent()).toBe('2');
    await page.reload();
    await expect.poll(() => badge.textContent()).toBe('2');
    expect(await page.getByTestId('launcher').getAttribute('aria-label')).toBe('打开在线客服，2 条未读消息');
    await page.getByTestId('launcher').click();
    await expect.poll(() => badge.isVisible()).toBe(false);
  });

  it('sees that someone is typing, until the words come', async () => {
    const { page, ask, said } = await enter();
    await ask('echo');
    await expect.poll(said).toHaveLength(2);
    stage.peer.rooms.last.say({ type: 'typing' });
    await page.getByTestId('typing').waitFor();
    stage.peer.rooms.last.say({ type: 'message', text: '好了' });
    await page.getByTestId('typing').waitFor({ state: 'hidden' });
  });

  it('is not fooled by a message that carries HTML', async () => {
    const { page, ask, said, complaints } = await enter();
    await ask('echo');
    await expect.poll(said).toHaveLength(2);
    const html = '<img src=x onerror="document.title=1"> [x](javascript:document.title=2)';
    stage.peer.rooms.last.say({ type: 'message', text: html });
    await expect.poll(async () => (await said()).at(-1)).toBe(html);
    expect(await page.getByTestId('log').locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('asks from the operator’s page by a press on a help topic', async () => {
    const { page, said, complaints } = await stage.visit('/');
    await page.getByRole('button', { name: '国际漫游流量包有哪些，怎么收费' }).click();
    await expect.poll(said).toHaveLength(2);
    expect((await said())[0]).toBe('国际漫游流量包有哪些，怎么收费');
    expect(await page.getByTestId('log').locator('td').first().textContent()).toBe('亚洲');
    expect(complaints).toEqual([]);
  });

  it('is served in English on the English page', async () => {
    const { page, ask, said } = await stage.visit('/?lang=en', { locale: 'en-GB' });
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('main').textContent()).not.toMatch(/[\u4e00-\u9fff]/);
    await page.getByTestId('launcher').click();
    expect(await page.getByTestId('panel').getByRole('heading').textContent()).toBe('Chenxing Telecom');
    await ask('Which plans are there?');
    await expect.poll(said).toHaveLength(2);
    expect(await page.getByTestId('source').textContent()).toMatch(/^Source: /);
    await page.getByRole('button', { name: 'Human agent' }).click();
    await page.locator('[data-author=agent]').waitFor();
    expect(stage.peer.rooms.last.posted.at(-1)).toMatchObject({ text: 'human agent', locale: 'en' });
  });

  it('is served in the browser’s language where the page names none', async () => {
    const { page } = await stage.visit('/browser', { locale: 'en-US' });
    expect(await page.getByTestId('launcher').textContent()).toBe('Chat with us');
  });

  it('chats inside an iframe', async () => {
    const { page } = await stage.visit('/framed');
    const frame = page.frameLocator('iframe');
    await frame.getByTestId('launcher').click();
    await frame.getByTestId('input').fill('echo frame');
    await frame.getByTestId('send').click();
    await frame.getByText('echo echo frame').waitFor();
  });
});
