import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage, told } from './console-stage.ts';
import { axe } from './widget-stage.ts';

const TITLE = '水表读数怎么上报';

describe.skipIf(!requirePeer('chromium'))('an editor who keeps entries', { timeout: 240_000 }, () => {
  let stage: ConsoleStage;
  beforeAll(async () => {
    stage = await openConsoleStage();
  }, 120_000);
  afterEach(() => stage.tidy());
  afterAll(() => stage.close());

  const answer = async () => (await told(stage.wire, await stage.customer(TITLE))).join();
  const row = (page: Page) => page.getByTestId('entry-row').filter({ hasText: TITLE });
  const withdraw = async (page: Page) => {
    await page.getByTestId('entry-withdraw').click();
    await page.getByTestId('entry-withdraw-confirm').click();
    await page.getByTestId('entry-withdrawn').waitFor();
  };

  test('writes a new one that the next customer hears; withdraws it, takes that back, restores it', async () => {
    const [page, agent] = await Promise.all([
      stage.colleague('3001', '/console/knowledge'),
      stage.colleague('1001', '/console/knowledge'),
    ]);
    await agent.getByTestId('entry-search').fill('水表');
    await page.getByTestId('entry-new').click();
    await page.getByTestId('entry-title-input').fill(TITLE);
    await page.getByTestId('entry-body').fill('水表读数请在**月底前**上报，或拨打 {hotline}。');
    await page.getByTestId('entry-sms').fill('水表读数请在月底前上报。');
    await page.getByTestId('entry-catalogue').fill('缴费/水表');
    expect(await page.getByTestId('entry-add-confirm').isDisabled()).toBe(true);
    await page.getByTestId('entry-department').fill('客户服务部');
    await page.getByTestId('entry-id').fill('zh-a-001');
    expect(await axe(page)).toEqual([]);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/entry-new.png` });
    await page.getByTestId('entry-add-confirm').click();
    await page.getByText('编号“zh-a-001”已被使用').waitFor();
    await page.getByTestId('entry-id').fill('');
    await page.getByTestId('entry-add-confirm').click();
    await page.getByTestId('entry-title').getByText(TITLE).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/knowledge/zh-001');
    await row(agent).waitFor();
    await expect.poll(answer, { timeout: 60_000 }).toContain('月底前');

    await withdraw(page);
    await row(agent).getByText('已停用').waitFor();
    expect(await axe(page)).toEqual([]);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/entry-withdrawn.png` });
    await expect.poll(answer, { timeout: 60_000 }).not.toContain('月底前');
    await page.reload();
    await page.getByTestId('entry-restore').click();
    await page.getByTestId('entry-edit').waitFor();
    await expect.poll(answer, { timeout: 60_000 }).toContain('月底前');

    await withdraw(page);
    await page.getByTestId('entry-undo').click();
    await page.getByTestId('entry-edit').waitFor();
    await page.getByTestId('entry-revision').getByText('第 5 版').waitFor();
    await page.getByTestId('revisions').getByText('恢复').first().waitFor();
  });

  test('imports a file once nothing is wrong with it, and takes that back', async () => {
    const page = await stage.colleague('3001', '/console/knowledge');
    const entry = { id: 'w-1', title: '停水通知在哪看', questions: ['停水了吗'], body: '在公告栏。' };
    const give = (...entries: object[]) =>
      page.locator('input[type=file]').setInputFiles({
        ...{ name: 'entries.jsonl', mimeType: 'application/jsonl' },
        buffer: Buffer.from(entries.map((each) => JSON.stringify(each)).join('\n')),
      });
    await page.getByTestId('entry-import').click();
    await page.getByTestId('entry-import-dialog').waitFor();
    await give(entry, { ...entry, body: '拨打 {nobody}' });
    const problems = page.getByTestId('roster-problems');
    await problems.getByText('第 2 行').filter({ hasText: '没有这些变量：nobody' }).waitFor();
    expect(await page.getByTestId('entry-import-apply').isDisabled()).toBe(true);
    expect(await axe(page)).toEqual([]);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/entry-import.png` });
    await give(entry);
    await page.getByTestId('entry-import-counts').getByText('共 1 条，可以发布').waitFor();
    await page.getByTestId('entry-import-apply').click();
    await page.getByTestId('entry-search').fill('停水通知');
    const row = page.locator('[data-entry="w-1"]');
    await row.waitFor();
    await page.getByTestId('entry-import-undo').click();
    await row.getByText('已停用').waitFor();
  });

  test('shows who only reads an entry, and no buttons', async () => {
    const agent = await stage.colleague('1001', '/console/knowledge/zh-a-001');
    await agent.getByTestId('entry-body-view').waitFor();
    for (const button of ['entry-new', 'entry-import', 'entry-withdraw'])
      expect(await agent.getByTestId(button).count()).toBe(0);
  });
});
