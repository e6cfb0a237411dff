import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage } from './console-stage.ts';
import { axe } from './widget-stage.ts';

/** The provider's address takes nothing: what is sent waits for the next attempt. */
const CHANNELS = `accounts:
  - id: sms:main
    name: 客服短信
    settings:
      accountSid: AC00000000000000000000000000000000
      authToken: secret
      from: '+8610690001'
      apiBaseUrl: http://127.0.0.1:9
`;
const LIST = '姓名,手机号\n王芳,13800000001\n李雷,138 0000 0002\n王芳,+8613800000001\n赵敏,12345\n';

describe.skipIf(!requirePeer('chromium'))('a broadcast in the console', { timeout: 180_000 }, () => {
  let stage: ConsoleStage;
  const folder = mkdtempSync(join(tmpdir(), 'yingda-broadcast-'));
  beforeAll(async () => {
    const file = join(folder, 'channels.yaml');
    writeFileSync(file, CHANNELS);
    stage = await openConsoleStage({ CHANNELS_FILE: file });
  }, 120_000);
  afterEach(() => stage.tidy());
  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });

  // First, while nobody else is known to the centre.
  test('goes to whom a saved filter finds, counted again before the approval, at an hour of the centre', async () => {
    const page = await stage.colleague('3001', '/console/broadcasts');
    const drawer = page.getByTestId('broadcast-drawer');
    await page.getByTestId('broadcast-new').click();
    await page.getByTestId('broadcast-title').fill('老客户回访');
    await page.getByTestId('broadcast-input').fill('感谢您一直以来的支持。退订请回复退订');
    await page.getByTestId('broadcast-save').click();
    // Three who are known to the centre, since they were written to once.
    await drawer.getByPlaceholder('最多 5 个号码').fill('13900000001 13900000002 13900000003');
    await drawer.getByRole('button', { name: '发送测试' }).click();
    await page.getByText('已向 3 个号码发送测试').waitFor();
    await drawer.getByText('按条件筛选').click();
    const found = page.getByTestId('filter-found');
    await found.getByText('可发送 3 人').waitFor();
    await drawer.getByLabel('最近联系过，不超过').fill('30');
    await found.getByText('可发送 0 人').waitFor();
    await drawer.getByLabel('最近联系过，不超过').fill('');
    await drawer.getByLabel('未再联系，已超过').fill('30');
    await found.getByText('可发送 3 人').waitFor();
    expect(await found.getByText('+86139****0001').count()).toBe(1);
    expect(await axe(page)).toEqual([]);
    await drawer.getByPlaceholder('为这组条件取个名称').fill('一个月未联系');
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/broadcast-filter.png` });
    await page.getByTestId('filter-take').click();
    await page.getByTestId('audience-filter').getByText('一个月未联系').waitFor();
    await page.getByText('3 人 × 1 条 = 3 条短信').waitFor();
    await page.getByTestId('broadcast-submit').click();

    const manager = await stage.colleague('5001', new URL(page.url()).pathname);
    await manager.getByTestId('filter-found').getByText('可发送 3 人').waitFor();
    await manager.getByText('之后名单不再变化').waitFor();
    await manager.getByTestId('broadcast-approve').click();
    // The list beside the drawer follows what a colleague did.
    const row = page.getByTestId('broadcast-row').filter({ hasText: '老客户回访' });
    await row.getByText('已批准').waitFor({ timeout: 8_000 });
    await drawer.getByPlaceholder('开始时间（北京时间）').fill('2031-01-02 09:30');
    await page.keyboard.press('Enter');
    await drawer.getByRole('button', { name: '定时发送' }).click();
    await drawer.getByText('待发送').first().waitFor();
    await drawer.getByText('1/2 09:30').waitFor();
  });

  test('is written, its list checked, approved by a colleague and begun', async () => {
    const page = await stage.colleague('3001', '/console/broadcasts');
    await page.getByTestId('broadcast-new').click();
    await page.getByTestId('broadcast-title').fill('升级通知');
    await page.getByTestId('broadcast-input').fill('周六凌晨 2 点至 5 点系统升级，暂停办理业务。');
    await page.getByText('退订请回复退订').waitFor();
    await page
      .getByTestId('broadcast-input')
      .fill('周六凌晨 2 点至 5 点系统升级，暂停办理业务。退订请回复退订');
    await page.getByTestId('broadcast-save').click();
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) },
    });
    await page.getByTestId('audience-found').getByText('共 4 行，可发送 2 人').waitFor();
    await page.getByText('2 人 × 1 条 = 2 条短信').waitFor();
    expect(await axe(page)).toEqual([]);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/broadcast-list.png` });
    await page.getByTestId('broadcast-submit').click();
    await page.getByText('您撰写的群发由另一位同事审批').waitFor();
    expect(await page.getByTestId('broadcast-approve').count()).toBe(0);

    const manager = await stage.colleague('5001', new URL(page.url()).pathname);
    await manager.getByTestId('broadcast-approve').click();
    await page.getByTestId('broadcast-start').click();
    // By day it begins, at night it waits for the morning.
    const drawer = page.getByTestId('broadcast-drawer');
    await drawer
      .getByText(/待发送|发送中/)
      .first()
      .waitFor();
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/broadcast-begun.png` });
  });
});
