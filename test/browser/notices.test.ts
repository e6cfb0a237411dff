import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pdf } from '../fakes/pictures.ts';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage } from './console-stage.ts';
import { axe } from './widget-stage.ts';

describe.skipIf(!requirePeer('chromium'))('notices in the console', { timeout: 180_000 }, () => {
  let stage: ConsoleStage;
  beforeAll(async () => {
    stage = await openConsoleStage();
  }, 120_000);
  afterEach(() => stage.tidy());
  afterAll(() => stage.close());

  test('a leader publishes to the team, an agent reads and confirms, the leader sees who has not', async () => {
    const leader = await stage.colleague('2001', '/console/notices');
    await leader.getByText('还没有通知').waitFor();
    await leader.getByTestId('notice-new').click();
    await leader.getByTestId('notice-title').fill('国庆期间排班与话费口径');
    await leader
      .getByTestId('notice-input')
      .fill('10月1日至7日按节日班表上岗。\n话费查询统一按新口径答复，详见知识库。');
    await leader
      .getByTestId('notice-count')
      .getByText(/将发给 [1-9]\d* 人/)
      .waitFor();
    expect(await axe(leader)).toEqual([]);
    await leader.getByTestId('notice-until').fill('2099-10-08T00:00');
    await leader.getByTestId('notice-save').click();

    const agent = await stage.colleague('1001', '/console/notices');
    await agent.getByTestId('notice-row').getByText('未读').waitFor();
    await agent.getByRole('button', { name: '国庆期间排班与话费口径' }).click();
    await agent.getByText('话费查询统一按新口径答复').waitFor();
    await agent.getByTestId('notice-confirm').click();
    await agent.getByTestId('notice-row').getByText('已读').waitFor();

    await leader.getByRole('button', { name: '国庆期间排班与话费口径' }).click();
    const missing = leader.getByTestId('notice-unread');
    await missing.getByText('沈佳怡 1003').waitFor();
    await expect.poll(() => missing.getByText('周晓彤').count(), { timeout: 60_000 }).toBe(0);
    await missing.getByRole('button').first().click();
    await leader.getByText(/已提醒 [1-9]\d* 人/).waitFor();
    expect(await axe(leader)).toEqual([]);
    if (process.env.PICTURES) await leader.screenshot({ path: `${process.env.PICTURES}/notices.png` });

    await leader.getByRole('button', { name: '更正' }).click();
    expect(await leader.getByTestId('notice-until').inputValue()).toBe('2099-10-08T00:00');
  });

  test('a head chooses a team and a colleague of another, with an attachment that both can open', async () => {
    const head = await stage.colleague('4001', '/console/notices/new');
    await head.getByTestId('notice-title').fill('春季补贴停办');
    await head.getByTestId('notice-input').fill('6月15日起停办，口径见附件。');
    await head.getByRole('radio', { name: '指定班组、岗位或同事' }).check();
    await chooses(head, 'notice-teams', '受理甲班');
    await chooses(head, 'notice-persons', '何俊杰');
    await head.getByTestId('notice-count').getByText('将发给 7 人').waitFor();
    const file = { name: '口径.pdf', mimeType: 'application/pdf', buffer: pdf() };
    await head.getByTestId('attach-input').setInputFiles([file]);
    await head.getByTestId('attaching').locator('[data-state="ready"]').waitFor();
    expect(await axe(head)).toEqual([]);
    if (process.env.PICTURES) await head.screenshot({ path: `${process.env.PICTURES}/notice-new.png` });
    await head.getByTestId('notice-save').click();
    await head.getByTestId('notice-row').getByText('春季补贴停办').waitFor();

    const agent = await stage.colleague('1002', '/console/notices');
    await agent.getByRole('button', { name: '春季补贴停办' }).click();
    const download = agent.waitForEvent('download');
    await agent.getByRole('link', { name: '口径.pdf' }).click();
    expect(readFileSync(await (await download).path())).toEqual(pdf());
    const stranger = await stage.colleague('1004', '/console/notices');
    await stranger.getByText('还没有通知').waitFor();
  });

  async function chooses(page: Page, field: string, name: string): Promise<void> {
    await page.getByTestId(field).locator('input').fill(name);
    await page.locator('.ant-select-item-option').filter({ hasText: name }).first().click();
    await page.keyboard.press('Escape');
  }
});
