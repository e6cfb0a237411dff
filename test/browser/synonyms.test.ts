import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage, told } from './console-stage.ts';
import { axe } from './widget-stage.ts';

describe.skipIf(!requirePeer('chromium'))('an editor who keeps synonyms', { timeout: 180_000 }, () => {
  let stage: ConsoleStage;
  beforeAll(async () => {
    stage = await openConsoleStage();
  }, 120_000);
  afterEach(() => stage.tidy());
  afterAll(() => stage.close());

  test('writes a group, hears what is wrong, sees what it finds, removes it and takes that back', async () => {
    const page = await stage.colleague('3001', '/console/knowledge');
    await page.getByTestId('synonyms-tab').click();
    await page.getByText('还没有同义词').waitFor();
    await page.getByTestId('synonym-new').click();
    await page.getByTestId('synonym-words').fill('流量包\n冲浪包\n冲浪包');
    await page.getByTestId('synonym-save').click();
    await page.getByTestId('synonym-problem').getByText('“冲浪包”在这一组里重复了').waitFor();
    await page.getByTestId('synonym-words').fill('流量包\n冲浪包\n\n');
    await page.getByTestId('synonym-save').click();
    const row = page.getByTestId('synonym-row').filter({ hasText: '流量包 = 冲浪包' });
    await row.waitFor();
    const found = page.getByTestId('synonym-found');
    await expect.poll(() => found.getByRole('listitem').count()).toBeGreaterThan(1);
    expect(await axe(page)).toEqual([]);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/synonyms.png` });

    const customer = await stage.customer('冲浪包怎么买');
    expect((await told(stage.wire, customer)).join()).toContain('国内流量叠加包');

    await page.getByTestId('synonym-words').fill('流量包\n冲浪包\n飞速包');
    await page.getByTestId('synonym-save').click();
    await page.getByTestId('synonym-row').filter({ hasText: '冲浪包、飞速包' }).waitFor();
    await page.getByTestId('synonym-remove').click();
    await page.getByText('还没有同义词').waitFor();
    await page.getByTestId('synonym-undo').click();
    await page.getByTestId('synonym-row').filter({ hasText: '冲浪包、飞速包' }).waitFor();
    await found.getByRole('button').first().click();
    await page.getByTestId('entry-title').waitFor();
  });

  test('sees a colleague’s change at once; who only reads sees the words and no buttons', async () => {
    const editor = await stage.colleague('3001', '/console/knowledge');
    const agent = await stage.colleague('1001', '/console/knowledge');
    await agent.getByTestId('synonyms-tab').click();
    await editor.getByTestId('synonyms-tab').click();
    await editor.getByTestId('synonym-new').click();
    await editor.getByTestId('synonym-words').fill('彩铃\n悦铃');
    await editor.getByTestId('synonym-save').click();
    await agent.getByTestId('synonym-row').filter({ hasText: '彩铃 = 悦铃' }).click();
    await agent.getByTestId('synonym-found').waitFor();
    for (const button of ['synonym-new', 'synonym-save', 'synonym-remove'])
      expect(await agent.getByTestId(button).count()).toBe(0);
  });
});
