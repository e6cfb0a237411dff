import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wireClient } from '../fakes/directline-client.ts';
import { pdf, picture } from '../fakes/pictures.ts';
import { echoBot, startWebchat, type Webchat } from '../fakes/webchat-server.ts';
import { chromiumArgs, chromiumPath, requirePeer } from '../setup/peers.ts';

/** Microsoft's full Web Chat: the browser bundle of its npm package, unchanged. */
const bundle = createRequire(import.meta.url)
  .resolve('botframework-webchat')
  .replace(/lib[\\/]index\.js$/, 'dist/webchat.js');
const html =
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Web Chat</title><body><div id="chat" style="height:640px"></div><script src="/webchat.js"></script></body></html>';

/** Our server and Microsoft's page under one address, as an operator would have them. */
async function serve(webchat: Webchat): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    if (url.startsWith('/v3/')) return void webchat.server.emit('request', request, response);
    const script = url === '/webchat.js';
    response.setHeader('content-type', `text/${script ? 'javascript' : 'html'}; charset=utf-8`);
    response.end(script ? readFileSync(bundle) : html);
  });
  server.on('upgrade', (...upgrade) => webchat.server.emit('upgrade', ...upgrade));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

interface WebChat {
  renderWebChat(options: object, at: HTMLElement | null): void;
  createDirectLine(options: object): object;
}

describe.skipIf(!requirePeer('chromium'))(
  'botframework-webchat on our Direct Line server',
  { timeout: 90_000 },
  () => {
    let webchat: Webchat;
    let front: Server;
    let browser: Browser;
    let page: Page;
    let conversationId: string;
    const faults: string[] = [];
    // One page for all: its script has 4 MB, and takes its time.
    beforeAll(async () => {
      webchat = await startWebchat();
      echoBot(webchat.host);
      const served = await serve(webchat);
      front = served.server;
      browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
      page = await browser.newPage({ locale: 'zh-CN' });
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(served.url, { timeout: 90_000 });
      const { conversationId: id, token } = await wireClient(served.url).visitor();
      conversationId = id;
      await page.evaluate(
        ({ token, domain }) => {
          const { WebChat } = window as unknown as { WebChat: WebChat };
          const directLine = WebChat.createDirectLine({ token, domain });
          WebChat.renderWebChat({ directLine, locale: 'zh-CN' }, document.getElementById('chat'));
        },
        { token, domain: `${served.url}/v3/directline` },
      );
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      front?.closeAllConnections();
      front?.close();
      await webchat?.stop();
    });
    afterEach(() => {
      expect(faults.splice(0)).toEqual([]);
      expect(webchat.errors).toEqual([]);
    });

    const transcript = () => page.locator('.webchat__basic-transcript');
    const bubble = (text: string) => page.locator('.webchat__bubble__content').filter({ hasText: text });
    const box = () => page.locator('.webchat__send-box-text-box__input');
    const ask = async (text: string) => {
      await box().fill(text);
      await box().press('Enter');
    };
    const inbound = () => webchat.host.threads.get(conversationId)?.inbound ?? [];

    it('asks and is answered, and presses a suggested action', async () => {
      await ask('套餐有哪些？');
      await bubble('您说：套餐有哪些？').waitFor();
      const actions = [
        { title: '办理', value: '办理套餐' },
        { title: '查询', value: '查询套餐' },
      ];
      webchat.host.say(conversationId, '**想办**哪一项？', { actions });
      await bubble('想办哪一项？').locator('strong').getByText('想办').waitFor();
      await page.getByRole('toolbar').getByRole('button', { name: '查询' }).click();
      await bubble('您说：查询套餐').waitFor();
      await expect.poll(() => inbound().map(({ text }) => text)).toEqual(['套餐有哪些？', '查询套餐']);
    });

    it('presses a button of an Adaptive Card, and shows what was decided in its place', async () => {
      await ask('来张卡片');
      await bubble('您说：来张卡片').waitFor();
      const facts = [{ label: '日期', value: '6月12日' }];
      const card = {
        title: '请确认',
        facts,
        buttons: [
          { title: '同意', token: 'tok-1' },
          { title: '不同意', token: 'tok-2' },
        ],
      };
      webchat.host.cards.set('tok-1', { conversationId, card, outcome: '已同意' });
      webchat.host.say(conversationId, '', { card });
      const drawn = page.locator('.ac-adaptiveCard');
      await drawn.getByText('6月12日').waitFor();
      await drawn.getByRole('button', { name: '同意', exact: true }).click();
      await page.locator('.ac-adaptiveCard').getByText('已同意').waitFor();
      expect(inbound().at(-1)?.text).toBe('来张卡片');
    });

    it('uploads a picture and a file, and shows both as they came back', async () => {
      await ask('等一下发图');
      await bubble('您说：等一下发图').waitFor();
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles([
          { name: '截图.png', mimeType: 'image/png', buffer: picture(120, 80) },
          { name: '账单.pdf', mimeType: 'application/pdf', buffer: pdf() },
        ]);
      // It makes small pictures first; sent before, the words would go alone.
      await page.locator('.webchat__attachment-icon--checked').waitFor();
      await ask('请看附件');
      await expect
        .poll(
          () =>
            inbound()
              .at(-1)
              ?.files?.map(({ name }) => name),
          { timeout: 60_000 },
        )
        .toEqual(['截图.png', '账单.pdf']);
      await bubble('您说：请看附件').waitFor();
      const pictures = () =>
        transcript()
          .locator('img')
          .evaluateAll((all) =>
            (all as HTMLImageElement[]).map(({ src, naturalWidth }) => [src, naturalWidth]),
          );
      await expect.poll(async () => (await pictures()).map(([, width]) => width)).toEqual([120]);

      const files = [
        webchat.host.keep(conversationId, { name: '说明.png', bytes: picture(60, 40) }),
        webchat.host.keep(conversationId, { name: '合同.pdf', bytes: pdf() }),
      ];
      webchat.host.say(conversationId, '请看说明', { author: 'agent', name: '王芳', files });
      const address = expect.stringContaining(`/conversations/${conversationId}/files/`);
      await expect.poll(async () => (await pictures()).at(-1)).toEqual([address, 60]);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        transcript()
          .getByRole('link', { name: /合同\.pdf/ })
          .first()
          .click(),
      ]);
      expect(download.suggestedFilename()).toBe('合同.pdf');
    });

    it('sees that an agent is typing', async () => {
      await ask('转人工');
      await bubble('您说：转人工').waitFor();
      await expect
        .poll(
          () => {
            webchat.host.typing(conversationId, '王芳');
            return page.locator('.webchat__typingIndicator, .webchat__typing-indicator').count();
          },
          { timeout: 60_000 },
        )
        .toBeGreaterThan(0);
    });

    it('comes back by its watermark after the line was cut: nothing is missing, nothing doubled', async () => {
      await ask('第一句');
      await bubble('您说：第一句').waitFor();
      webchat.dropStreams();
      webchat.host.say(conversationId, '断线时说的');
      // Microsoft's client waits 3 to 15 seconds before it comes back.
      await bubble('断线时说的').waitFor({ timeout: 60_000 });
      await ask('第二句');
      await bubble('您说：第二句').waitFor();
      const texts = await page.locator('.webchat__bubble__content').allInnerTexts();
      const said = texts.map((text) => text.trim()).filter((text) => /第.句|断线/.test(text));
      expect(said).toEqual(['第一句', '您说：第一句', '断线时说的', '第二句', '您说：第二句']);
    });
  },
);
