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

const say = async (page: Page, words: string) => {
  await page.getByTestId('composer').fill(words);
  await page.getByTestId('composer').press('Enter');
};
const open = (page: Page, conversationId: string) =>
  page.locator(`[data-conversation="${conversationId}"]`).click();

describe.skipIf(!here)('the console', { timeout: 180_000 }, () => {
  it('lets nobody in with a wrong password, and says so; the address is kept for later', async () => {
    const page = await stage.stranger('/console/tickets');
    await page.getByTestId('sign-in-number').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByTestId('sign-in-number').fill('1001');
    await page.getByTestId('sign-in-password').fill('demo-1002');
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('sign-in-error').getByText('工号或密码不正确').waitFor();
    await page.getByTestId('sign-in-password').fill('demo-1001');
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('filter-open').waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/tickets');
  });

  it('serves a customer: queue, transcript, reply, typing, note, unread, finish', async () => {
    const customer = await stage.customer('怎样办理套餐变更', '转人工');
    const { conversationId } = customer;
    const page = await stage.agent('1001');
    await open(page, conversationId);
    const transcript = page.getByTestId('transcript');
    await transcript.locator('[data-author="bot"]').filter({ hasText: '来源：怎样办理套餐变更' }).waitFor();
    await page.getByTestId('summary').getByText('怎样办理套餐变更').first().waitFor();
    await page.getByTestId('take').click();
    await page.getByTestId('finish').waitFor();
    await say(page, '您好，请问要改成哪个套餐？');
    await expect.poll(() => told(stage.wire, customer)).toContain('您好，请问要改成哪个套餐？');

    await stage.wire.say(customer, { type: 'typing' });
    await page.getByTestId('customer-typing').getByText('客户正在输入').waitFor();
    await stage.wire.say(customer, { type: 'message', text: '129 那一档' });
    await transcript.locator('[data-author="customer"]').filter({ hasText: '129 那一档' }).waitFor();
    await page.getByTestId('note-toggle').click();
    await say(page, '老客户，态度很好');
    await transcript.locator('[data-author="note"][data-seq]').filter({ hasText: '态度很好' }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByTestId('nav-tickets').click();
    await stage.wire.say(customer, { type: 'message', text: '还在吗' });
    await page.getByTestId('nav-desk').click();
    await page.getByTestId('unread').waitFor();
    await open(page, conversationId);
    await transcript.getByText('还在吗').waitFor();
    await page.getByTestId('finish').click();
    expect(await axe(page)).toEqual([]);
    await page.getByTestId('wrap-up-business').click();
    await page.getByTestId('wrap-up-confirm').click();
    await page.getByTestId('finish').waitFor({ state: 'detached' });
    await expect.poll(async () => (await told(stage.wire, customer)).at(-1)).toContain('服务已结束');
    expect((await told(stage.wire, customer)).join()).not.toContain('态度很好');
  });

  it('tells the second of two who press take who has it', async () => {
    const { conversationId } = await stage.customer('转人工');
    const [first, second] = await Promise.all([stage.agent('1003'), stage.agent('1004')]);
    await Promise.all([open(first, conversationId), open(second, conversationId)]);
    // The second has pressed, and its press arrives when the first one's has been done.
    let letGo = () => {};
    const firstIsDone = new Promise<void>((done) => {
      letGo = done;
    });
    await second.route('**/take', async (route) => {
      await firstIsDone;
      await route.continue();
    });
    await second.getByTestId('take').click();
    await first.getByTestId('take').click();
    await first.getByTestId('finish').waitFor();
    const answered = second.waitForResponse('**/take');
    letGo();
    expect(await (await answered).json()).toMatchObject({
      error: { code: 'already_taken', details: { by: '沈佳怡' } },
    });
    await second.getByTestId('taken-by').getByText('沈佳怡').waitFor();
    await first.getByTestId('release').click();
    await first.getByTestId('take').waitFor();
  });

  it('keeps what could not be sent, and sends it again once', async () => {
    const customer = await stage.customer('转人工');
    const page = await stage.agent('1005');
    await open(page, customer.conversationId);
    await page.getByTestId('take').click();
    await page.getByTestId('finish').waitFor();
    // The server has it, and the answer is lost, at each attempt.
    await page.route('**/messages', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await say(page, '我帮您查一下');
    await page
      .getByTestId('resend')
      .or(page.locator('[data-seq]').filter({ hasText: '我帮您查一下' }))
      .first()
      .waitFor();
    await page.unroute('**/messages');
    if (await page.getByTestId('resend').isVisible()) await page.getByTestId('resend').click();
    await expect
      .poll(async () => (await told(stage.wire, customer)).filter((text) => text === '我帮您查一下'))
      .toHaveLength(1);
    await expect.poll(() => page.getByTestId('transcript').getByText('我帮您查一下').count()).toBe(1);
  });

  it('makes a ticket of a conversation, dispatches it, and shows the number for a reason only', async () => {
    const { conversationId } = await stage.customer('转人工');
    const page = await stage.agent('1006');
    await open(page, conversationId);
    await page.getByTestId('take').click();
    await page.getByTestId('create-ticket').click();
    await page.getByTestId('ticket-kind-complaint').click();
    await page.getByTestId('ticket-category-charges').click();
    await page.getByTestId('ticket-description').fill('五月账单多扣了二十元');
    await page.getByTestId('ticket-contact').fill('12');
    await page.getByTestId('ticket-submit').click();
    await page.getByText('请填写有效的电话号码').waitFor();
    await page.getByTestId('ticket-contact').fill('13800138000');
    await page.getByTestId('ticket-submit').click();
    await page.getByTestId('conversation-ticket').click();
    const drawer = page.getByTestId('ticket-drawer');
    await drawer.getByText('138****8000').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.content()).not.toContain('13800138000');
    await page.getByTestId('reveal').click();
    await page.getByTestId('reveal-reason').fill('给客户回电话');
    await page.getByTestId('reveal-confirm').click();
    await drawer.getByText('13800138000').waitFor();
    await page.getByTestId('ticket-act-dispatch').click();
    await page.locator('[data-testid^="department-"]').first().click();
    await page.getByTestId('ticket-act-confirm').click();
    await drawer.getByTestId('ticket-state').getByText('处理中').waitFor();
    await drawer.getByTestId('ticket-steps').getByText('派发').waitFor();
  });

  it('shows a message whole for a reason only, to this person, now', async () => {
    const customer = await stage.customer('转人工', '我的号码是13977665544，请回电');
    const page = await stage.agent('1006');
    await open(page, customer.conversationId);
    await page.getByTestId('take').click();
    const line = page
      .getByTestId('transcript')
      .locator('[data-author="customer"]')
      .filter({ hasText: '我的号码' });
    await line.getByText('139****5544').waitFor();
    expect(await page.getByTestId('reveal-message').count()).toBe(1);
    expect(await page.content()).not.toContain('13977665544');
    await line.getByTestId('reveal-message').click();
    expect(await page.getByTestId('reveal-confirm').isDisabled()).toBe(true);
    await page.getByTestId('reveal-reason').fill('给客户回电话');
    await page.getByTestId('reveal-confirm').click();
    await line.getByText('我的号码是13977665544，请回电').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.reload();
    await open(page, customer.conversationId);
    await line.getByText('139****5544').waitFor();
  });

  it('publishes a wording that the next customer hears, and lets nobody publish over another', async () => {
    const [one, two] = await Promise.all([
      stage.colleague('3001', '/console/knowledge/zh-a-005'),
      stage.colleague('3002', '/console/knowledge/zh-a-005'),
    ]);
    await Promise.all([one, two].map((page) => page.getByTestId('entry-edit').click()));
    await two.getByTestId('entry-body').fill('我的另一种写法');
    await one.getByTestId('entry-body').fill('套餐变更在次月1日零点生效。（口径甲）拨打 {hotline}');
    await one.getByTestId('entry-preview').getByText('{hotline}').waitFor();
    expect(await axe(one)).toEqual([]);
    await one.getByTestId('entry-publish').click();
    await one.getByTestId('changes').getByText('（口径甲）').first().waitFor();
    await one.getByTestId('entry-publish-confirm').click();
    await one.getByTestId('entry-edit').waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const customer = await stage.customer('套餐变更后什么时候生效');
    expect((await told(stage.wire, customer)).join()).toContain('（口径甲）拨打 1002026');

    await two.getByTestId('entry-conflict').getByText('（口径甲）').first().waitFor();
    expect(await two.getByTestId('entry-publish').isDisabled()).toBe(true);
    await two.getByTestId('entry-reload').click();
    expect(await two.getByTestId('entry-body').inputValue()).toContain('（口径甲）');
  });

  it('offers each only what they may use', async () => {
    const editor = await stage.colleague('3001');
    await editor.getByTestId('entry-list').waitFor();
    expect(await editor.getByTestId('nav-desk').count()).toBe(0);
    const agent = await stage.colleague('1007', '/console/knowledge/zh-a-001');
    await agent.getByTestId('entry-body-view').waitFor();
    expect(await agent.getByTestId('entry-edit').count()).toBe(0);
    expect(await axe(agent)).toEqual([]);
    await agent.getByTestId('language').click();
    await agent.getByTestId('nav-knowledge').getByText('Knowledge').waitFor();
    await agent.getByTestId('account').click();
    await agent.getByTestId('sign-out').click();
    await agent.getByTestId('sign-in-number').waitFor();
  });

  it('holds the staff chat on a phone and beside the page one works on', async () => {
    const phone = await stage.colleague('1008', '/staff', { viewport: { width: 375, height: 667 } });
    await phone.getByTestId('staff-option').filter({ hasText: '我的班次' }).click();
    await phone.getByTestId('staff-log').getByText('您接下来 14 天的班次').waitFor();
    expect(await axe(phone)).toEqual([]);
    const sideways = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    const page = await stage.colleague('1008');
    await page.getByTestId('staff-open').click();
    await page.getByTestId('staff-log').getByText('您接下来 14 天的班次').waitFor();
    await page.getByTestId('staff-input').fill('帮助');
    await page.getByTestId('staff-send').click();
    await phone.getByTestId('staff-log').getByText('我现在能办这些事').waitFor();
    expect(await axe(page)).toEqual([]);
  });
});
