import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { type Granted, type WireClient, wireClient } from '../fakes/directline-client.ts';
import { type Product, startProduct } from '../setup/product.ts';
import { openPeople, type People } from './people.ts';

/** The product with the console as its sources are now, colleagues in browsers, customers on the wire. */
export interface ConsoleStage {
  url: string;
  wire: WireClient;
  /** Somebody's browser; closed by `tidy`. */
  colleague: People['colleague'];
  stranger: People['stranger'];
  /** A colleague in the console, set available. */
  agent(number: string): Promise<Page>;
  /** A customer who says these things, one after the other's answer. */
  customer(...words: string[]): Promise<Granted>;
  /** After each test: pages left open would go on following their streams. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export async function openConsoleStage(env: Record<string, string> = {}): Promise<ConsoleStage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-console-'));
  // As root the database runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  await buildConsole();
  const product: Product = await startProduct({ dataDir, env });
  const people = await openPeople(product.url);
  const wire = wireClient(product.url);
  const pages: Page[] = [];
  const keep = async (opening: Promise<Page>) => {
    const page = await opening;
    pages.push(page);
    return page;
  };
  const colleague: People['colleague'] = (...who) => keep(people.colleague(...who));
  return {
    ...{ url: product.url, wire, colleague },
    stranger: (path) => keep(people.stranger(path)),
    async agent(number) {
      const page = await colleague(number);
      await page.getByTestId('presence-available').click();
      await page.locator('[data-testid="presence"][data-status="available"]').waitFor();
      return page;
    },
    async customer(...words) {
      const visitor = await wire.visitor();
      for (const text of words) await answered(wire, visitor, text);
      return visitor;
    },
    async tidy() {
      await Promise.all(pages.splice(0).map((page) => page.context().close()));
    },
    async close() {
      await people.close();
      await product.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the customer was told, in order. */
export async function told(wire: WireClient, visitor: Granted): Promise<string[]> {
  const { body } = await wire.call('GET', `conversations/${visitor.conversationId}/activities`, {
    token: visitor.token,
  });
  return (body.activities as { text?: string; from: { role: string } }[])
    .filter(({ from }) => from.role === 'bot')
    .map(({ text }) => text ?? '');
}

async function answered(wire: WireClient, visitor: Granted, text: string): Promise<void> {
  const before = (await told(wire, visitor)).length;
  await wire.say(visitor, { type: 'message', text });
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await told(wire, visitor)).length > before) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no answer to ${text}`);
}

/** Only where the sources are newer than what was built. */
export async function buildConsole(): Promise<void> {
  const built = 'dist/console/index.html';
  const sources = readdirSync('channels/console', { recursive: true, withFileTypes: true });
  const newest = Math.max(
    ...sources
      .filter((each) => each.isFile())
      .map((each) => statSync(join(each.parentPath, each.name)).mtimeMs),
  );
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  await promisify(execFile)(process.execPath, ['.ci/build.mjs', 'console']);
}
