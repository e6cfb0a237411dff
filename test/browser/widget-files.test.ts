import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pdf, picture } from '../fakes/pictures.ts';
import { requirePeer } from '../setup/peers.ts';
import { conversationOf, openRealStage, type RealStage, type RealVisitor } from './widget-real-stage.ts';
import { axe } from './widget-stage.ts';

/** Puts a picture (made larger by `more` bytes) into the field by paste, or onto the log by drop. */
const give = (page: Page, type: 'paste' | 'drop', name: string, more = 0) =>
  page.getByTestId(type === 'paste' ? 'input' : 'log').evaluate(
    (node, { type, name, bytes, more }) => {
      const data = new DataTransfer();
      const parts = [Uint8Array.from(bytes), new Uint8Array(more)];
      data.items.add(new File(parts, name, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true, composed: true };
      const event =
        type === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent('drop', { ...init, dataTransfer: data });
      node.dispatchEvent(event);
    },
    { type, name, bytes: [...picture()], more },
  );

/** Files and an unreachable server, on the product's own Direct Line server, under a CSP that allows no images from elsewhere. */
describe.skipIf(!requirePeer('chromium'))('the web chat’s files', { timeout: 180_000 }, () => {
  let stage: RealStage;
  let visitor: RealVisitor;
  beforeAll(async () => {
    stage = await openRealStage();
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(async () => {
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });
  const choose = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
    page.getByTestId('file-input').setInputFiles({ name, mimeType, buffer });
  const inbound = async (page: Page) =>
    stage.webchat.host.threads.get(await conversationOf(page))?.inbound ?? [];

  it('are chosen, shown at once and again after a reload, in a picture or by name', async () => {
    visitor = await stage.enter();
    const { page } = visitor;
    await choose(page, '截图.png', 'image/png', picture(400, 200));
    await page.locator('[data-state="sent"]').getByRole('img', { name: '图片：截图.png' }).waitFor();
    await choose(page, '账单.pdf', 'application/pdf', pdf());
    await page.getByTestId('file').filter({ hasText: '账单.pdf · 1 KB' }).and(page.locator('a')).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.reload();
    const shown = page.getByTestId('picture');
    await expect
      .poll(() => shown.evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]))
      .toEqual([440, 220]);
    const drawn = await shown.evaluate((canvas: HTMLCanvasElement) =>
      [...(canvas.getContext('2d')?.getImageData(50, 50, 1, 1).data ?? [])].slice(0, 3),
    );
    expect(drawn).toEqual([10, 125, 90]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('file').filter({ hasText: '账单.pdf' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('账单.pdf');
  });

  it('are pasted and dropped', async () => {
    visitor = await stage.enter();
    const { page } = visitor;
    await give(page, 'paste', '粘贴.png');
    await give(page, 'drop', '拖放.png');
    await expect
      .poll(async () => (await inbound(page)).map(({ files }) => files?.[0]?.name).sort())
      .toEqual(['拖放.png', '粘贴.png']);
  });

  it('that may not be sent are refused before they are, with the reason, and are taken away', async () => {
    visitor = await stage.enter();
    const { page, said } = visitor;
    await give(page, 'drop', '大.png', 10 * 1024 * 1024);
    await page.getByText('未发送：文件有 10.0 MB，最大只能发送 10 MB').waitFor();
    await choose(page, '程序.exe', 'application/x-msdownload', Buffer.from('MZ'));
    await page.getByText('只能发送图片').waitFor();
    // What only its name calls a picture is found out by the server.
    await choose(page, '假.png', 'image/png', Buffer.from('<html>'));
    await page.getByText('未发送：只能发送图片（PNG、JPEG、GIF、WebP）和 PDF 文件。').waitFor();
    expect(await axe(page)).toEqual([]);
    for (const name of ['大.png', '程序.exe', '假.png'])
      await page.getByRole('button', { name: `移除：${name}` }).click();
    expect(await page.locator('[data-state="failed"]').count()).toBe(0);
    expect(await said()).toEqual([]);
    expect(await inbound(page)).toEqual([]);
  });

  it('show how far they are, are stopped, tried again, and don’t hold up words', async () => {
    visitor = await stage.enter();
    const { page, ask, said } = visitor;
    let held: (() => void)[] = [];
    await page.route('**/upload', async (route) => {
      await new Promise<void>((go) => held.push(go));
      await route.continue().catch(() => undefined);
    });
    await choose(page, '慢.png', 'image/png', picture(300, 100));
    await page.getByTestId('progress').getByRole('progressbar', { name: '正在上传 慢.png' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await ask('我说一句');
    await expect.poll(said).toEqual(['我说一句', '您说：我说一句']);
    await page.getByRole('button', { name: '取消上传 慢.png' }).click();
    await page.getByTestId('progress').waitFor({ state: 'detached' });
    for (const go of held) go();
    held = [];
    await page.unroute('**/upload');

    let cut = 3;
    await page.route('**/upload', (route) => (cut-- > 0 ? route.abort() : route.continue()));
    await choose(page, '再来.png', 'image/png', picture());
    await page.getByRole('button', { name: '重发：再来.png' }).click({ timeout: 60_000 });
    await page.locator('[data-state="sent"]').getByRole('img', { name: '图片：再来.png' }).waitFor();
    expect((await inbound(page)).map(({ files, text }) => files?.[0]?.name ?? text)).toEqual([
      '我说一句',
      '再来.png',
    ]);
  });

  it('lost by a reload say so', async () => {
    visitor = await stage.enter();
    const { page } = visitor;
    await page.route('**/upload', () => undefined);
    await choose(page, '半路.png', 'image/png', picture());
    await page.getByTestId('progress').waitFor();
    await page.reload();
    await page.getByText('文件未发送，请重新选择').waitFor();
    await page.getByRole('button', { name: '移除：半路.png' }).click();
    await page.reload();
    await page.getByTestId('panel').waitFor();
    expect(await page.locator('[data-state="failed"]').count()).toBe(0);
  });

  it('a message is left while the server is out of reach, and sent once it is back, even by the next page', async () => {
    visitor = await stage.enter();
    const { page, ask, said } = visitor;
    await ask('在吗');
    await expect.poll(said).toEqual(['在吗', '您说：在吗']);
    await page.context().route('**/v3/**', (route) => route.abort());
    stage.webchat.dropStreams();
    const form = page.getByTestId('leave');
    await form.waitFor({ timeout: 60_000 });
    expect(await axe(page)).toEqual([]);
    await form.getByLabel('留言内容').fill('宽带从昨晚起断网，请联系我');
    await page.getByTestId('leave-keep').click();
    expect(await form.isVisible()).toBe(true);
    await form.getByLabel('联系电话').fill('13800138000');
    await page.getByTestId('leave-keep').click();
    await page.getByText('留言已保存在您的设备上').waitFor();
    expect(await form.isVisible()).toBe(false);
    expect(await axe(page)).toEqual([]);

    // The customer has left; another day, another tab of the same browser.
    const later = await page.context().newPage();
    await page.close();
    await later.context().unroute('**/v3/**');
    await later.goto(`${stage.url}/bare`);
    const thread = () => [...stage.webchat.host.threads.values()].at(-1)?.inbound ?? [];
    await expect
      .poll(() => thread().at(-1), { timeout: 60_000 })
      .toMatchObject({
        text: '留言：宽带从昨晚起断网，请联系我\n联系电话：13800138000',
        value: { leaveMessage: { text: '宽带从昨晚起断网，请联系我', contact: '13800138000' } },
      });
    await expect.poll(() => later.evaluate(() => localStorage.getItem('yingda:demo:left'))).toBeNull();
    await later.reload();
    await later.getByTestId('badge').waitFor();
    expect(thread().filter(({ value }) => value)).toHaveLength(1);
  });
});
