import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { type Product, startProduct } from '../setup/product.ts';
import { type CustomerAtSite, openPeople, type People } from './people.ts';

const here = requirePeer('chromium');
let dataDir: string;
let product: Product;
let people: People;

beforeAll(async () => {
  if (!here) return;
  dataDir = mkdtempSync(join(tmpdir(), 'yingda-journey-'));
  chmodSync(dataDir, 0o711);
  product = await startProduct({ dataDir });
  people = await openPeople(product.url);
}, 120_000);

afterAll(async () => {
  await people?.close();
  await product?.stop();
  if (dataDir) rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

/** 「同意」 must not press 「不同意」. */
const exactly = (title: string) => new RegExp(`^\\s*${title}\\s*$`);

/** A colleague in their own staff chat at /staff. */
async function staffChat(number: string) {
  const page = await people.colleague(number, '/staff');
  const log = page.getByTestId('staff-chat');
  return {
    page,
    async says(text: string) {
      await page.getByTestId('staff-input').fill(text);
      await page.getByTestId('staff-input').press('Enter');
    },
    isTold: (words: string | RegExp) => log.getByText(words).last().waitFor(),
    presses: (title: string) =>
      page
        .getByTestId('card-button')
        .filter({ hasText: exactly(title) })
        .last()
        .click(),
    offers: (title: string) =>
      page
        .getByTestId('card-button')
        .filter({ hasText: exactly(title) })
        .count(),
  };
}

async function desk(number: string): Promise<Page> {
  const page = await people.colleague(number);
  await page.getByTestId('presence-available').click();
  return page;
}

describe.skipIf(!here)('the main job, end to end', { timeout: 180_000 }, () => {
  it('1 a customer serves themselves', async () => {
    const customer = await people.customer();
    await customer.opens();
    await customer.says('怎样办理套餐变更');
    await customer.isTold('办理条件');
    await customer.page.getByTestId('source').filter({ hasText: '怎样办理套餐变更' }).waitFor();
    await customer.says('How do I change my plan?');
    await customer.isTold(/plan/i);
    await customer.says('套餐');
    await customer.page.locator('[data-outcome="choices"]').last().waitFor();
    await customer.presses('都不是');
    await customer.page.locator('[data-outcome="unknown"]').last().waitFor();
    await customer.page.getByRole('button', { name: '转人工', exact: true }).last().waitFor();
    await customer.says('菜单');
    await customer.isTold('请选择服务');

    const before = await customer.hears();
    await customer.page.reload();
    await expect.poll(customer.hears).toEqual(before);
    await customer.page.context().setOffline(true);
    await customer.page.context().setOffline(false);
    await customer.says('话费怎么查');
    await expect.poll(async () => (await customer.hears()).length).toBeGreaterThan(before.length + 1);
    const after = await customer.hears();
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('1 an offer that has ended is not sent, but said to have ended', async () => {
    const late = await startProduct({
      dataDir: join(dataDir, 'late'),
      env: { YINGDA_NOW: '2026-06-16T10:00+08:00' },
    });
    const visitors = await openPeople(late.url);
    const customer = await visitors.customer();
    await customer.opens();
    await customer.says('春季5G换机补贴怎么领');
    await customer.isTold(/6\s*月\s*15\s*日/);
    expect((await customer.hears()).at(-1)).toMatch(/结束|截止/);
    await visitors.close();
    await late.stop();
  });

  it('2 and 3 an agent takes over, a ticket is made, the customer follows it', async () => {
    const customer = await people.customer();
    await customer.opens();
    await customer.says('怎样办理套餐变更');
    await customer.isTold('办理条件');
    await customer.says('转人工');
    await customer.isTold(/人工|转接/);

    const [first, second] = await Promise.all([desk('1001'), desk('1002')]);
    for (const page of [first, second]) await page.getByTestId('queue-item').first().click();
    await first.getByTestId('transcript').getByText('怎样办理套餐变更').first().waitFor();
    await bothTake([first, second]);
    const owner = await whoHasIt(first, second);
    await customer.isTold(/已接入/);

    await owner.getByTestId('release').waitFor();
    await owner.getByTestId('composer').fill('您好，请问要改成哪个套餐？');
    await owner.getByTestId('send').click();
    await customer.isTold('您好，请问要改成哪个套餐？');
    await customer.says('129 那档，怎样办理套餐变更');
    await owner.getByTestId('transcript').getByText('129 那档').waitFor();
    await owner.getByTestId('note-toggle').click();
    await owner.getByTestId('composer').fill('客户态度很好');
    await owner.getByTestId('composer').press('Enter');
    await owner.getByTestId('transcript').getByText('客户态度很好').waitFor();
    await owner.getByTestId('release').click();
    await customer.isTold(/智能助手/);
    const heard = (await customer.hears()).join('\n');
    expect(heard).not.toContain('客户态度很好');
    await complain(customer);
  });

  /** By handles: a locator would wait for the button of whoever is overtaken, which has gone. */
  async function bothTake(pages: readonly Page[]): Promise<void> {
    const buttons = await Promise.all(pages.map((page) => page.getByTestId('take').elementHandle()));
    await Promise.all(buttons.map((button) => button?.evaluate((each) => (each as HTMLElement).click())));
  }

  async function whoHasIt(first: Page, second: Page): Promise<Page> {
    const one = first
      .getByTestId('taken-by')
      .waitFor()
      .then(() => second);
    const other = second
      .getByTestId('taken-by')
      .waitFor()
      .then(() => first);
    return Promise.any([one, other]);
  }

  async function complain(customer: CustomerAtSite): Promise<void> {
    await customer.says('我要投诉');
    await customer.presses('资费争议');
    await customer.says('五月账单多扣了二十元会员费，我从来没有订过');
    await customer.says('13800138000');
    await customer.presses('确认提交');
    await customer.isTold(/TS20260610\d{8}/);
    await customer.says('我的工单到哪一步了');
    await customer.isTold(/TS20260610\d{8}/);
    const leader = await people.colleague('2001', '/console');
    await leader.getByTestId('nav-tickets').click();
    await leader
      .getByTestId('tickets-table')
      .getByText(/TS20260610\d{8}/)
      .first()
      .waitFor();
    expect(await leader.content()).not.toContain('13800138000');
  }

  it('4 a colleague gets leave', async () => {
    const [anna, head] = await Promise.all([staffChat('1001'), staffChat('4001')]);
    await anna.says('我后天想请一天事假，家里有事');
    await anna.isTold(/6月12日（周五）/);
    await anna.presses('确认提交');
    await head.isTold(/家里有事/);
    await head.presses('同意');
    await head.isTold(/已同意|同意/);
    await anna.isTold(/已批准|批准|同意/);
    await head.page.reload();
    await head.isTold(/家里有事/);
    expect(await head.offers('同意')).toBe(0);
    await anna.says('我 6 月 13 日请一天事假');
    await anna.isTold(/不需要请假/);
  });

  it('5 an editor changes an answer, and the next customer hears it', async () => {
    const editor = await people.colleague('3001');
    await editor.getByTestId('nav-knowledge').click();
    await editor.getByTestId('entry-search').fill('zh-a-005');
    await editor.getByText('套餐变更后什么时候生效').first().click();
    await editor.getByTestId('entry-edit').click();
    await editor.getByTestId('entry-body').fill('套餐变更在**次月1日零点**生效。（新口径）');
    await editor.getByTestId('entry-publish').click();
    await editor.getByTestId('entry-publish-confirm').click();
    await editor.getByTestId('entry-edit').waitFor();
    const customer = await people.customer();
    await customer.opens();
    await customer.says('套餐变更后什么时候生效');
    await customer.isTold('新口径');
  });
});
