import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pdf, picture } from '../fakes/pictures.ts';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage } from './console-stage.ts';
import { axe } from './widget-stage.ts';

const here = requirePeer('chromium');
let stage: ConsoleStage;
beforeAll(async () => {
  if (here) stage = await openConsoleStage();
}, 120_000);
afterEach(() => stage?.tidy());
afterAll(async () => {
  await stage?.close();
}, 60_000);

const open = (page: Page, conversationId: string) =>
  page.locator(`[data-conversation="${conversationId}"]`).click();

describe.skipIf(!here)('files in the console', { timeout: 180_000 }, () => {
  it('shows what the customer sent, and sends files that are fit to be sent', async () => {
    const customer = await stage.customer('转人工');
    const { conversationId, token } = customer;
    const data = new FormData();
    data.append('file', new File([picture(160, 100)], '故障.png'));
    const address = `${stage.url}/v3/directline/conversations/${conversationId}/upload`;
    await fetch(address, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: data });
    const page = await stage.agent('1001');
    await open(page, conversationId);
    await page.getByTestId('take').click();
    const shown = page.getByTestId('transcript').getByAltText('故障.png');
    await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(160);

    const chosen = page.getByTestId('attach-input');
    const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });
    await chosen.setInputFiles([
      file('说明.pdf', 'application/pdf', pdf()),
      file('a.txt', 'text/plain', pdf()),
    ]);
    const waiting = page.getByTestId('attaching');
    await waiting.getByText('只能发送图片和 PDF').waitFor();
    await waiting.locator('[data-state="ready"]').filter({ hasText: '说明.pdf' }).waitFor();
    expect(await page.getByTestId('send').isDisabled()).toBe(true);
    expect(await axe(page)).toEqual([]);
    await waiting.getByRole('button', { name: '移除 a.txt' }).click();
    await page.getByTestId('send').click();
    await page.getByTestId('transcript').locator('[data-author="agent"]').getByText('说明.pdf').waitFor();
    const path = `conversations/${conversationId}/activities`;
    const heard = async () => (await stage.wire.call('GET', path, { token })).body.activities.at(-1);
    await expect.poll(heard).toMatchObject({ attachments: [{ name: '说明.pdf' }] });
  });

  it('takes files that are pasted or dropped, and stops one on its way', async () => {
    const { conversationId } = await stage.customer('转人工');
    const page = await stage.agent('1001');
    await open(page, conversationId);
    await page.getByTestId('take').click();
    await page.getByTestId('finish').waitFor();
    const given = (event: 'paste' | 'drop', name: string) =>
      page.getByTestId('composer').evaluate(
        (box, [kind, called, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(bytes)], called, { type: 'image/png' }));
          const about = { bubbles: true, cancelable: true };
          const made =
            kind === 'paste'
              ? new ClipboardEvent('paste', { ...about, clipboardData: data })
              : new DragEvent('drop', { ...about, dataTransfer: data });
          return box.dispatchEvent(made);
        },
        [event, name, [...picture(8, 8)]] as const,
      );
    const waiting = page.getByTestId('attaching');
    const ready = (name: string) => waiting.locator('[data-state="ready"]').filter({ hasText: name });
    // False: the browser is kept from opening the file in the place of the page.
    expect(await given('paste', '截图.png')).toBe(false);
    await ready('截图.png').waitFor();
    expect(await given('drop', '现场.png')).toBe(false);
    await ready('现场.png').waitFor();

    // One that hangs on its way: nothing is sent without it, and taken away it is really stopped.
    await page.route('**/api/v1/files?*', () => {});
    await given('paste', '慢.png');
    const slow = waiting.locator('[data-state="sending"]').filter({ hasText: '慢.png' });
    await slow.getByRole('progressbar').waitFor();
    expect(await page.getByTestId('send').isDisabled()).toBe(true);
    const stopped = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/v1/files'));
    await slow.getByRole('button', { name: '移除 慢.png' }).click();
    expect((await stopped).failure()?.errorText).toContain('ABORTED');
    await waiting.getByRole('button', { name: '移除 现场.png' }).click();
    await page.getByTestId('send').click();
    const mine = page.getByTestId('transcript').locator('[data-author="agent"]');
    await mine.getByAltText('截图.png').waitFor();
    expect(await mine.getByText(/慢|现场/).count()).toBe(0);
    await waiting.waitFor({ state: 'detached' });
  });
});
