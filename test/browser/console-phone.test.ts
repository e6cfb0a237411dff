import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage, told } from './console-stage.ts';
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

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Nothing stands out to the right, and what can be pressed lies where a finger reaches it. */
async function fits(page: Page, ...ids: string[]) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const id of ids) {
    const box = await page.getByTestId(id).first().boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y + box.height <= 844, id).toBe(true);
  }
}
const picture = async (page: Page, name: string) => {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
};

describe.skipIf(!here)('the console on a telephone', { timeout: 180_000 }, () => {
  it('shows the desk a pane at a time: who waits, the conversation, what is known about it', async () => {
    const customer = await stage.customer('怎样办理套餐变更', '转人工');
    const page = await stage.colleague('1001', '/console', phone);
    await page.getByTestId('presence-available').click();
    const item = page.locator(`[data-conversation="${customer.conversationId}"]`);
    await item.waitFor();
    await fits(page, 'nav-desk', 'nav-knowledge', 'staff-open', 'account', 'presence-offline');
    expect(await page.getByTestId('transcript').count()).toBe(0);
    await picture(page, 'phone-list');
    await item.click();
    await page.getByTestId('take').click();
    await page.getByTestId('finish').waitFor();
    expect(await item.isVisible()).toBe(false);
    await page.getByTestId('composer').fill('您好，请讲');
    await page.getByTestId('composer').press('Enter');
    await expect.poll(() => told(stage.wire, customer)).toContain('您好，请讲');
    await fits(page, 'composer', 'finish', 'release', 'pane-back', 'pane-about');
    expect(await axe(page)).toEqual([]);
    await picture(page, 'phone-talk');
    await page.getByTestId('pane-about').click();
    await page.getByTestId('summary').getByText('怎样办理套餐变更').first().waitFor();
    expect(await page.getByTestId('composer').isVisible()).toBe(false);
    await fits(page, 'create-ticket');
    await picture(page, 'phone-about');
    await page.getByTestId('pane-back').filter({ visible: true }).click();
    await page.getByTestId('composer').waitFor();
    await page.getByTestId('pane-back').filter({ visible: true }).click();
    await item.waitFor();
  });

  it('shows the knowledge a pane at a time', async () => {
    const page = await stage.colleague('3001', '/console/knowledge', phone);
    await page.getByTestId('entry-row').first().click();
    await page.getByTestId('entry-title').waitFor();
    await fits(page, 'entry-edit', 'pane-back');
    await picture(page, 'phone-entry');
    await page.getByTestId('pane-back').filter({ visible: true }).click();
    await page.getByTestId('synonyms-tab').click();
    await page.getByTestId('synonym-new').click();
    await fits(page, 'synonym-words', 'synonym-save');
    await picture(page, 'phone-synonyms');
  });
});
