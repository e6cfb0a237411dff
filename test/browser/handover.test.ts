import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAudit } from '../../bot/people/audit.ts';
import { createSealing } from '../../bot/people/sealing.ts';
import { activePolicy } from '../../bot/policy/versions.ts';
import { handoverRound } from '../../bot/staff/handover/jobs.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';
import { requirePeer } from '../setup/peers.ts';
import { buildConsole } from './console-stage.ts';
import { openPeople, type People } from './people.ts';
import { axe } from './widget-stage.ts';

/** The minute's job, as the process beside the requests runs it. */
async function round({ db, clock }: Centre): Promise<void> {
  const sealing = createSealing(Buffer.alloc(32));
  const policy = await activePolicy(db, clock.now());
  const vault = {
    lookup: (value: string) => sealing.lookupKey('address', value),
    seal: (value: string) => sealing.seal('address', value),
    open: (sealed: Uint8Array) => sealing.open('address', sealed),
  };
  const audit = createAudit({ clock, sealing });
  await handoverRound(db, { audit, vault, wake() {}, policy: () => policy }, clock.now());
}

describe.skipIf(!requirePeer('chromium'))('a handover in the console', { timeout: 180_000 }, () => {
  let centre: Centre;
  let people: People;
  beforeAll(async () => {
    await buildConsole();
    centre = await openDemoCentre('2026-06-10T15:50+08:00');
    people = await openPeople(centre.url);
    await round(centre);
  }, 120_000);
  afterAll(async () => {
    await people?.close();
    await centre?.close();
  });
  const at = (number: string) => people.colleague(number, '/console/handover');
  const state = (page: Page, words: string) =>
    page.getByTestId('handover-state').filter({ hasText: words }).waitFor();
  const picture = async (page: Page, name: string) => {
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
  };

  test('is written by who goes, read back and accepted by who comes, and printed on A4', async () => {
    const zhou = await at('1001');
    await zhou.getByTestId('section-equipment').fill('设备正常，3号耳机已送修');
    await zhou.getByTestId('save-equipment').click();
    await zhou.getByTestId('save-equipment').waitFor({ state: 'detached' });
    await zhou.getByTestId('section-instructions').fill('今晚起夜间报修先电话核实');
    await zhou.getByTestId('save-instructions').click();
    await zhou.getByTestId('save-instructions').waitFor({ state: 'detached' });
    for (const problem of ['幸福小区宽带大面积断网，抢修中', '王女士账单要在明早回电']) {
      await zhou.getByTestId('handover-new-item').fill(problem);
      await zhou.getByTestId('handover-new-item-send').click();
      await zhou.getByTestId('handover-item').filter({ hasText: problem }).waitFor();
    }
    expect(await axe(zhou)).toEqual([]);
    await picture(zhou, 'handover');
    await zhou.getByTestId('handover-complete').click();
    await state(zhou, '等待接班');

    const leader = await at('2001');
    await leader.getByTestId('decide-note').waitFor();
    expect(await leader.getByTestId('decide-release').isDisabled(), 'a decision gives its reason').toBe(true);
    expect(await zhou.getByTestId('decide-note').count()).toBe(0);

    const tang = await at('1005');
    expect(await tang.getByTestId('handover-accept').isDisabled()).toBe(true);
    await tang.getByTestId('confirm-1').click();
    await tang.getByTestId('confirm-1').waitFor({ state: 'detached' });
    await picture(tang, 'handover-accept');
    await tang.getByTestId('handover-ask').fill('抢修队的电话是多少？');
    await tang.getByTestId('handover-ask-send').click();
    await tang.getByTestId('handover-question').waitFor();
    expect(await axe(tang)).toEqual([]);
    await zhou.reload();
    await zhou.getByTestId('answer-1').fill('内线 8010');
    await zhou.getByTestId('answer-1-send').click();
    await zhou.getByText('周晓彤：内线 8010').waitFor();
    await tang.getByTestId('confirm-2').click();
    await tang.getByTestId('confirm-2').waitFor({ state: 'detached' });
    await tang.getByTestId('handover-accept').click();
    await state(tang, '已完成');
    await tang.getByTestId('handover-seal').filter({ hasText: '未被改动' }).waitFor();

    await tang.emulateMedia({ media: 'print' });
    expect(await tang.getByTestId('handover-records').isVisible()).toBe(false);
    expect(await tang.getByTestId('handover').isVisible()).toBe(true);
    const pdf = (await tang.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(sizes.map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))])).toEqual(
      sizes.map(() => [595, 842]),
    );
    expect(sizes.length).toBeGreaterThanOrEqual(1);
    expect(sizes.length).toBeLessThanOrEqual(2);
  });

  test('is found again by its words; where there is none the page says so', async () => {
    const page = await at('2001');
    const search = page.getByPlaceholder('搜索交接记录');
    await search.fill('3号耳机');
    await search.press('Enter');
    await page.getByTestId('handover-record').click();
    await page.getByText('设备正常，3号耳机已送修').waitFor();
    await search.fill('没有这样的话');
    await search.press('Enter');
    await page.getByText('没有找到交接记录').waitFor();
    const other = await at('6001');
    await other.getByText('换班前 15 分钟会自动打开').waitFor();
  });
});
