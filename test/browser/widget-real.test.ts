import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWidget } from '../../channels/webchat/widget/build.mjs';
import { serveFile } from '../fakes/directline-pages.ts';
import { echoBot, startWebchat, type Webchat } from '../fakes/webchat-server.ts';
import { chromiumArgs, chromiumPath, requirePeer } from '../setup/peers.ts';

/** The same widget against the product's own Direct Line server; only the host behind it is in memory. */
describe.skipIf(!requirePeer('chromium'))('the web chat on the real Direct Line server', () => {
  let webchat: Webchat;
  let front: Server;
  let browser: Browser;
  let url: string;
  const folder = mkdtempSync(join(tmpdir(), 'widget-real-'));
  beforeAll(async () => {
    await buildWidget(folder);
    webchat = await startWebchat();
    echoBot(webchat.host);
    front = createServer((request, response) => {
      if (request.url?.startsWith('/v3/')) webchat.server.emit('request', request, response);
      else void serveFile(folder, request.url ?? '/', response);
    });
    front.on('upgrade', (...upgrade) => webchat.server.emit('upgrade', ...upgrade));
    await new Promise<void>((listening) => front.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    front?.closeAllConnections();
    front?.close();
    await webchat?.stop();
    rmSync(folder, { recursive: true });
  });

  const enter = async () => {
    const page = await browser.newPage({ locale: 'zh-CN' });
    page.setDefaultTimeout(30_000);
    await page.goto(`${url}/bare`);
    await page.getByTestId('launcher').click();
    const ask = async (text: string) => {
      await page.getByTestId('input').fill(text);
      await page.getByTestId('input').press('Enter');
    };
    const said = async () => (await page.getByTestId('message-text').allInnerTexts()).slice(1);
    return { page, ask, said };
  };
  const conversationOf = (page: Awaited<ReturnType<typeof enter>>['page']) =>
    page.evaluate(() => JSON.parse(localStorage.getItem('yingda:demo') ?? '{}').conversationId as string);

  it('asks, is answered, reloads, loses its connection, and misses and repeats nothing', async () => {
    const { page, ask, said } = await enter();
    await ask('一');
    await expect.poll(said).toEqual(['一', '您说：一']);
    await page.reload();
    await expect.poll(said).toEqual(['一', '您说：一']);
    webchat.dropStreams();
    webchat.host.say(await conversationOf(page), '断线时说的');
    await ask('二');
    await expect.poll(said).toEqual(['一', '您说：一', '断线时说的', '二', '您说：二']);
    expect(webchat.errors).toEqual([]);
  });

  it('presses a card’s button, which then shows its outcome in place', async () => {
    const { page, ask, said } = await enter();
    await ask('一');
    await expect.poll(said).toHaveLength(2);
    const conversationId = await conversationOf(page);
    const card = {
      title: '确认',
      facts: [{ label: '日期', value: '6月12日' }],
      buttons: [{ title: '同意', token: 'tok-w' }],
    };
    webchat.host.say(conversationId, '', { card });
    webchat.host.cards.set('tok-w', { conversationId, card, outcome: '已同意' });
    await page.getByTestId('card').getByTestId('action').click();
    await page.getByTestId('card').getByText('已同意').waitFor();
    expect(await page.getByTestId('card').count()).toBe(1);
    expect(await page.getByTestId('card').getByTestId('action').count()).toBe(0);
    expect((await said()).at(-1)).toBe('同意');
  });

  it('keeps the conversation when a button is no longer known, and says why', async () => {
    const { page, ask, said } = await enter();
    await ask('一');
    await expect.poll(said).toHaveLength(2);
    const conversationId = await conversationOf(page);
    webchat.host.say(conversationId, '', {
      card: { title: '过期', buttons: [{ title: '同意', token: 'tok-gone' }] },
    });
    await page.getByTestId('card').getByTestId('action').click();
    await page.locator('[data-state=failed]').waitFor();
    expect(await conversationOf(page)).toBe(conversationId);
  });
});
