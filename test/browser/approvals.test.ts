import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage } from './console-stage.ts';
import { axe } from './widget-stage.ts';

describe.skipIf(!requirePeer('chromium'))('approvals in the console', { timeout: 180_000 }, () => {
  let stage: ConsoleStage;
  beforeAll(async () => {
    stage = await openConsoleStage();
  }, 180_000);
  afterEach(() => stage.tidy());
  afterAll(() => stage.close());

  test('a request waits with its facts, is approved, and can be taken back by its person', async () => {
    const agent = await stage.colleague('1001', '/console/approvals/mine');
    await agent.getByText('您还没有提交过申请').waitFor();
    await agent.getByTestId('staff-open').click();
    const say = async (text: string) => {
      await agent.getByTestId('staff-input').fill(text);
      await agent.getByTestId('staff-input').press('Enter');
    };
    // Whatever day it is, among six in a row there is a shift, and no more than four hours of it are asked for.
    await say('六天后出差，去省公司');
    const submit = agent.getByRole('button', { name: '确认提交' });
    for (let day = 7; day < 12; day += 1) {
      const found = await submit.waitFor({ timeout: 4_000 }).then(
        () => true,
        () => false,
      );
      if (found) break;
      await say('取消');
      await say(`${day}天后出差，去省公司`);
    }
    await submit.click();
    await agent.getByText('请假单已提交').first().waitFor();

    const director = await stage.colleague('5001', '/console/approvals');
    const waiting = director.getByTestId('leave');
    await waiting.getByText('周晓彤').first().waitFor();
    await waiting.getByText('当班人手').waitFor();
    expect(await axe(director)).toEqual([]);
    const record = director.waitForEvent('download');
    await director.getByTestId('swaps-xlsx').click();
    expect((await record).suggestedFilename()).toMatch(/^swaps-\d{4}-\d\d\.xlsx$/);
    if (process.env.PICTURES) await director.screenshot({ path: `${process.env.PICTURES}/approvals.png` });
    await director.getByTestId('leave-approve').click();
    await director.getByText('现在没有等您审批的申请').waitFor();

    await agent.reload();
    await agent.getByText('已由 顾文澜').first().waitFor();
    await agent.getByTestId('leave-withdraw').click();
    await agent.getByText('申请人已于').first().waitFor();
  });

  test('a year of holidays is looked at before it counts', async () => {
    const director = await stage.colleague('5001', '/console/approvals/holidays');
    await director.getByText('已覆盖 2026-01-01 至 2026-12-31').waitFor();
    await director.getByTestId('holiday-import').click();
    const text = director.getByTestId('holiday-text');
    await text.fill('元旦,,2027-01-01,2027-01-03\n错行,,2027-13-01,2027-01-02');
    await director.getByRole('button', { name: '检查' }).click();
    await director.getByText('第 2 行：日期看不懂').waitFor();
    await text.fill('元旦,,2027-01-01,2027-01-03,2027-01-09');
    await director.getByRole('button', { name: '检查' }).click();
    await director.getByRole('button', { name: '启用' }).click();
    await director.getByText('已覆盖 2026-01-01 至 2027-12-31').waitFor();
  });
});
