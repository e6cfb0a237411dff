import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildWidget } from '../../channels/webchat/widget/build.mjs';
import { serveFile } from '../fakes/directline-pages.ts';
import { echoBot, startWebchat, type Webchat } from '../fakes/webchat-server.ts';
import { chromiumArgs, chromiumPath } from '../setup/peers.ts';

/** The widget in a browser, on the product's own Direct Line server; only the host behind it is in memory. */
export interface RealStage {
  webchat: Webchat;
  url: string;
  /** A new visitor with the chat open, under a strict CSP. */
  enter(path?: string, options?: BrowserContextOptions): Promise<RealVisitor>;
  close(): Promise<void>;
}

export interface RealVisitor {
  page: Page;
  /** What the browser complained about: the CSP, above all. */
  complaints: string[];
  ask(text: string): Promise<void>;
  /** The words of all messages in the log, the greeting left out. */
  said(): Promise<string[]>;
}

export async function openRealStage(): Promise<RealStage> {
  const folder = mkdtempSync(join(tmpdir(), 'widget-real-'));
  await buildWidget(folder);
  const webchat = await startWebchat();
  echoBot(webchat.host);
  const front = createServer((request, response) => {
    if (request.url?.startsWith('/v3/')) webchat.server.emit('request', request, response);
    else void serveFile(folder, request.url ?? '/', response);
  });
  front.on('upgrade', (...upgrade) => webchat.server.emit('upgrade', ...upgrade));
  await new Promise<void>((listening) => front.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
  return {
    webchat,
    url,
    async enter(path = '/bare', options = {}) {
      const context = await browser.newContext({ locale: 'zh-CN', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const complaints: string[] = [];
      page.on('console', (line) => {
        if (line.type() === 'error' && !line.text().startsWith('Failed to load'))
          complaints.push(line.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(url + path);
      await page.getByTestId('launcher').click();
      return {
        page,
        complaints,
        async ask(text) {
          await page.getByTestId('input').fill(text);
          await page.getByTestId('input').press('Enter');
        },
        said: async () => (await page.getByTestId('message-text').allInnerTexts()).slice(1),
      };
    },
    async close() {
      await browser.close();
      front.closeAllConnections();
      front.close();
      await webchat.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The conversation that this page's storage holds. */
export const conversationOf = (page: Page) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('yingda:demo') ?? '{}').conversationId as string);
