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

describe.skipIf(!requirePeer('chromium'))('a broadcast in the console', { timeout: 90_000 }, () => {
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
