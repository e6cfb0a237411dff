import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type TelegramForProduct, telegramForProduct } from '../fakes/telegram/product.ts';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage } from './console-stage.ts';
import { axe } from './widget-stage.ts';

/** PICTURES names a folder: what the pages look like is kept there. */
const picture = async (page: Page, name: string) => {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
};

describe.skipIf(!requirePeer('chromium'))('channels in the console', { timeout: 180_000 }, () => {
  let platform: TelegramForProduct;
  let stage: ConsoleStage;
  beforeAll(async () => {
    platform = await telegramForProduct();
    stage = await openConsoleStage(platform.env);
  }, 150_000);
  afterEach(() => stage.tidy());
  afterAll(async () => {
    await stage.close();
    await platform.stop();
  });

  test('a leader sees what did not arrive and why, sends it again, and goes to the conversation', async () => {
    const page = await stage.colleague('2001', '/console/undelivered');
    await page.getByText('没有未送达的消息').waitFor();
    platform.telegram.mood = 'blocked';
    const lina = platform.person('help', { id: 42, first_name: '李娜' });
    await lina.says('怎样办理套餐变更');
    const row = page.getByTestId('undelivered-row');
    await listed(page, 1);
    for (const words of ['Telegram · 辰星客服', '对方已屏蔽我们', '办理条件'])
      await row.getByText(words).first().waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'undelivered');

    // Beside the words in the conversation, for whoever answers there.
    await row.getByTestId('undelivered-conversation').click();
    await page.getByTestId('hindered').getByText('未送达：对方已屏蔽我们').waitFor();
    await page.getByTestId('unreachable').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'hindered');
    await page.getByTestId('nav-undelivered').click();

    // Of several after an outage: only what one looks for, and all of it at once.
    const sun = platform.person('help', { id: 43, first_name: '孙磊' });
    platform.telegram.mood = 'unknown';
    await sun.says('怎样办理套餐变更');
    await listed(page, 2);
    platform.telegram.mood = 'fine';
    await because(page, '号码或帐号不存在');
    await expect.poll(() => row.count()).toBe(1);
    await row.getByTestId('undelivered-resend').click();
    await row.getByText(/^已于 .+ 重发$/).waitFor();
    await sun.hears('办理条件');
    await because(page, '对方已屏蔽我们');
    await row.getByText('对方已屏蔽我们').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByTestId('undelivered-resend-all').click();
    await picture(page, 'undelivered-all');
    await page.getByRole('tooltip').getByRole('button', { name: '重发', exact: true }).click();
    await page.getByText('1 条已加入发送队列，还有 0 条可重发').waitFor();
    await row.getByText(/^已于 .+ 重发$/).waitFor();
    await lina.hears('办理条件');
    await page.getByTestId('language').click();
    await row.getByText('They have blocked us').waitFor();
    await picture(page, 'undelivered-en');
    await page.getByTestId('language').click();
    await row.getByTestId('undelivered-conversation').click();
    await page.getByRole('heading', { name: 'Telegram · 辰星客服' }).waitFor();

    await page.route('**/deliveries/undelivered*', (route) => route.abort());
    await page.getByTestId('nav-undelivered').click();
    await page.getByText('没能读取到内容').waitFor();
    await page.unroute('**/deliveries/undelivered*');
    await page.getByRole('button', { name: '重试' }).click();
    await row.first().waitFor();
  });

  test('an agent has no such page', async () => {
    const page = await stage.colleague('1001', '/console/undelivered');
    await page.getByText('您的岗位不使用此页面。').waitFor();
    expect(await page.getByTestId('nav-undelivered').count()).toBe(0);
  });

  test('a colleague links a channel with a code, sees it come, and unlinks it', async () => {
    const page = await stage.colleague('1001');
    await open(page);
    await page.getByText('还没有绑定渠道').waitFor();
    await page.getByTestId('my-channels-linkable').getByText('Telegram · 辰星同事').waitFor();
    await page.getByTestId('my-channel-code-make').click();
    const shown = await page.getByTestId('my-channel-code').textContent();
    expect(shown).toMatch(/^\d{4} \d{4}$/);
    const left = page.getByRole('timer');
    const before = await left.textContent();
    await expect.poll(() => left.textContent()).not.toBe(before);
    expect(await axe(page)).toEqual([]);
    await picture(page, 'my-channels');

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('my-channel-copy').click();
    await page.getByText('绑定码已复制').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(shown?.replace(' ', ''));
    const tong = platform.person('team', { id: 51, first_name: '周晓彤' });
    await tong.says(copied);
    await page.getByTestId('my-channel-came').getByText('已绑定 Telegram · 辰星同事').waitFor();
    await page.getByText('可绑定的渠道都已绑定').waitFor();
    expect(await page.getByTestId('my-channel-code').count()).toBe(0);
    await picture(page, 'my-channels-linked');

    await page.getByTestId('my-channel-unlink').click();
    await page.getByTestId('my-channel-unlink-confirm').click();
    await page.getByText('还没有绑定渠道').waitFor();
  });

  test('where no staff channel is on, it says so', async () => {
    const page = await stage.colleague('1001');
    await page.route('**/my/channels', (route) => route.fulfill({ json: { linked: [], open: [] } }));
    await open(page);
    await page.getByText('还没有开通可绑定的内部渠道').waitFor();
    await picture(page, 'my-channels-none');
  });

  test('an agent sees a customer’s other channels, is told whose they are, and parts them', async () => {
    const wei = platform.person('help', { id: 44, first_name: '韦' });
    await wei.says('绑定');
    await wei.hears('合并码');
    const code = /\d{8}/.exec(wei.told().join())?.[0];
    await stage.customer(`绑定 ${code}`, '转人工');
    const page = await stage.agent('1001');
    await page.getByTestId('queue-item').first().click();
    await page.getByTestId('take').click();
    await page.getByTestId('release').waitFor();
    const other = page.getByTestId('joined-conversation');
    await other.getByText('Telegram · 辰星客服').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('客户等级').click();
    await page.locator('.ant-select-item-option', { hasText: 'VIP' }).click();
    await page.getByText('客户资料已保存').waitFor();
    await page.getByLabel('地区').fill('江城');
    await page.getByLabel('地区').blur();
    await picture(page, 'joined');
    const address = page.url();
    await other.click();
    await page.getByRole('heading', { name: 'Telegram · 辰星客服' }).waitFor();

    await wei.says('转人工');
    await wei.hears('转接');
    const colleague = await stage.agent('1002');
    await colleague.getByTestId('queue-item').first().click();
    await colleague.getByTestId('take').click();
    await colleague.getByTestId('release').waitFor();
    await page.goto(address);
    await other.click();
    await page.getByTestId('conversation-closed').waitFor();
    await picture(page, 'joined-not-mine');

    await page.goto(address);
    await page.getByTestId('profile').getByText('VIP').waitFor();
    expect(await page.getByLabel('地区').inputValue()).toBe('江城');
    await page.getByTestId('part').click();
    await picture(page, 'part');
    await page.getByTestId('part-confirm').click();
    await page.getByTestId('joined').waitFor({ state: 'detached' });
  });
});

/** So many are listed, once they have failed: no live event tells of it. */
const listed = (page: Page, count: number) =>
  expect
    .poll(
      async () => {
        await page.getByTestId('undelivered-reload').click();
        return page.getByTestId('undelivered-row').count();
      },
      { timeout: 60_000 },
    )
    .toBe(count);

/** Looks only for what did not arrive for this reason. */
async function because(page: Page, why: string): Promise<void> {
  await page.getByTestId('undelivered-reason').click();
  await page.locator('.ant-select-item-option').filter({ hasText: why }).click();
}

async function open(page: Page): Promise<void> {
  await page.getByTestId('account').click();
  await page.getByTestId('my-channels-open').click();
}
