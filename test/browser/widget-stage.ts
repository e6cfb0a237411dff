import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildSite } from '../../channels/webchat/site/build.mjs';
import { buildWidget } from '../../channels/webchat/widget/build.mjs';
import { type DirectLinePeer, startDirectLinePeer } from '../fakes/directline-peer.ts';
import { chromiumArgs, chromiumPath } from '../setup/peers.ts';

/** A browser, the built pages, and a Direct Line peer behind them. */
export interface Stage {
  peer: DirectLinePeer;
  /** A new visitor (own storage) on a page; what the browser complained about collects in `complaints`. */
  visit(path: string, options?: BrowserContextOptions): Promise<Visitor>;
  close(): Promise<void>;
}

export interface Visitor {
  page: Page;
  complaints: string[];
  /** Types into the open chat and sends with Enter. */
  ask(text: string): Promise<void>;
  /** The words of all messages in the log, from top to bottom, the greeting left out. */
  said(): Promise<string[]>;
}

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'widget-stage-'));
  await buildWidget(folder);
  await buildSite(folder);
  const peer = await startDirectLinePeer(folder);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
  return {
    peer,
    visit: (path, options) => visit(browser, peer.url + path, options),
    async close() {
      await browser.close();
      await peer.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1200, height: 860 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    // Refused requests are part of some tests; what the CSP or the script itself says is never.
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
      complaints.push(line.text());
  });
  await page.goto(url);
  return {
    page,
    complaints,
    async ask(text) {
      await page.getByTestId('input').fill(text);
      await page.getByTestId('input').press('Enter');
    },
    async said() {
      const all = await page.getByTestId('message-text').allInnerTexts();
      return all.slice(1);
    },
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 A and AA and best practices by axe-core, shadow roots included: the rules broken, empty when clean. */
export async function axe(page: Page): Promise<string[]> {
  // As a script tag it would fall to the page's CSP.
  await page.evaluate(axeSource);
  const broken = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const runner = (window as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations } = await runner.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
  });
  return broken;
}
