import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../setup/peers.ts';

/** The five people of the main job, each in a browser of their own. */
export interface People {
  customer(options?: BrowserContextOptions): Promise<CustomerAtSite>;
  colleague(number: string, path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** A page of the console's, with nobody signed in. */
  stranger(path: string): Promise<Page>;
  close(): Promise<void>;
}

export interface CustomerAtSite {
  page: Page;
  opens(): Promise<void>;
  says(text: string): Promise<void>;
  presses(title: string): Promise<void>;
  /** Everything in the log, from top to bottom. */
  hears(): Promise<string[]>;
  /** Resolves when words that match were said since they spoke last; rejects after 30 s. */
  isTold(words: string | RegExp): Promise<void>;
}

export async function openPeople(url: string): Promise<People> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
  return {
    customer: (options) => customer(browser, url, options),
    colleague: (number, path = '/console', options = {}) => colleague(browser, url + path, number, options),
    stranger: (path) => newPage(browser, url + path, {}),
    close: () => browser.close(),
  };
}

const desktop: BrowserContextOptions = {
  ...{ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } },
  // What slides is pressed later.
  reducedMotion: 'reduce',
};

/** What was said to the customer since they spoke last: an answer is not taken for one to an earlier question. */
const ANSWERS = '[data-testid=message]:not([data-author=user]):not(:has(~ [data-author=user]))';

async function customer(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<CustomerAtSite> {
  const context = await browser.newContext({ ...desktop, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  return {
    page,
    opens: () => page.getByTestId('launcher').click(),
    async says(text) {
      await page.getByTestId('input').fill(text);
      await page.getByTestId('input').press('Enter');
    },
    presses: (title) =>
      page.getByTestId('panel').getByRole('button', { name: title, exact: true }).last().click(),
    hears: () => page.getByTestId('message-text').allInnerTexts(),
    isTold: (words) =>
      page.locator(ANSWERS).getByTestId('message-text').filter({ hasText: words }).last().waitFor(),
  };
}

async function colleague(
  browser: Browser,
  address: string,
  number: string,
  options: BrowserContextOptions,
): Promise<Page> {
  const page = await newPage(browser, address, options);
  await page.getByTestId('sign-in-number').fill(number);
  await page.getByTestId('sign-in-password').fill(`demo-${number}`);
  await page.getByTestId('sign-in-submit').click();
  await page.getByTestId('sign-in-submit').waitFor({ state: 'detached' });
  return page;
}

async function newPage(browser: Browser, address: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...desktop, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  return page;
}
