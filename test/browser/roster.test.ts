import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../setup/centre.ts';
import { requirePeer } from '../setup/peers.ts';
import { buildConsole } from './console-stage.ts';
import { openPeople, type People } from './people.ts';
import { busyWeek, changesOver } from './roster-scene.ts';
import { axe } from './widget-stage.ts';

const NOW = '2026-06-10T10:00+08:00';
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Wednesday 10 June 2026. The stories are told in the week after, 15 to 21 June, with 端午节 on the Friday. */
describe.skipIf(!requirePeer('chromium'))('the roster in the console', { timeout: 180_000 }, () => {
  let centre: Centre;
  let people: People;
  const pages: Page[] = [];
  beforeAll(async () => {
    await buildConsole();
    centre = await openDemoCentre(NOW);
    await busyWeek(centre);
    await changesOver(centre);
    people = await openPeople(centre.url);
  }, 180_000);
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
  });
  afterAll(async () => {
    await people?.close();
    await centre?.close();
  });

  const at = async (number: string, view: string, options = {}) => {
    const page = await people.colleague(number, '/console/notices', options);
    pages.push(page);
    await page.clock.setFixedTime(Date.parse(NOW));
    await page.goto(`${centre.url}/console/roster/${view}`);
    return page;
  };
  const nextWeek = async (page: Page) => {
    await page.getByTestId('roster-after').click();
    await page.getByRole('heading', { name: '2026年6月15日至21日' }).waitFor();
    await page.getByTestId('roster').waitFor();
    // For leaders the gaps come last; nothing comes then any more that could move the rows.
    const gaps = page.getByTestId('roster-gaps');
    if ((await gaps.count()) > 0) await gaps.getByRole('button').first().waitFor();
  };
  /** Somebody's square on a day. */
  const square = (page: Page, name: string, date: string) =>
    page
      .locator('tbody tr')
      .filter({ has: page.getByRole('rowheader', { name }) })
      .locator(`[data-date="${date}"]`);
  const drag = async (page: Page, from: Locator, to: Locator) => {
    const [start, goal] = [await from.boundingBox(), await to.boundingBox()];
    if (!start || !goal) throw new Error('nothing to drag');
    await page.mouse.move(start.x + 20, start.y + 10);
    await page.mouse.down();
    await page.mouse.move(goal.x + goal.width / 2, goal.y + 12, { steps: 4 });
    await page.mouse.up();
  };
  const picture = async (page: Page, name: string) => {
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
  };

  test('a leader drags a shift to a colleague and takes it back', async () => {
    const page = await at('2001', 'week');
    await nextWeek(page);
    await page.getByTestId('gap-2026-06-18').filter({ hasText: '缺' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-week');
    const [zhou, ye] = [square(page, '周晓彤', '2026-06-20'), square(page, '叶思琪', '2026-06-20')];
    await drag(page, zhou.getByTestId('shift'), ye);
    await ye.getByTestId('shift').filter({ hasText: '早班' }).waitFor();
    await zhou.getByTestId('square').waitFor();
    await picture(page, 'roster-saved');
    await page.getByTestId('roster-undo').click();
    await zhou.getByTestId('shift').filter({ hasText: '早班' }).waitFor();
    await ye.getByTestId('square').waitFor();
  });

  test('what stands against a change is said before it is made', async () => {
    const page = await at('2001', 'week');
    await nextWeek(page);
    const zhou = square(page, '周晓彤', '2026-06-16');
    await drag(page, square(page, '沈佳怡', '2026-06-16').getByTestId('shift'), zhou);
    const dialog = page.getByTestId('shift-dialog');
    await dialog.getByText('之间只休息 0 小时，少于规定的 8 小时').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-warning');
    await dialog.getByRole('button', { name: '取消', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await zhou.getByTestId('shift').count()).toBe(0);

    // Half of this shift is leave: it can't be moved from under it.
    const half = square(page, '唐雨菲', '2026-06-15').getByTestId('shift').filter({ hasText: '12:00–16:00' });
    await drag(page, half, square(page, '苏婉清', '2026-06-15'));
    await dialog.getByText('上有换班、请假或借调，不能直接改').waitFor();
    expect(await dialog.getByTestId('shift-confirm').count()).toBe(0);
  });

  test('dropped on another shift the two change places, if the leader wants that', async () => {
    const page = await at('2001', 'week');
    await nextWeek(page);
    const [tang, su] = [square(page, '唐雨菲', '2026-06-16'), square(page, '苏婉清', '2026-06-16')];
    await drag(page, tang.getByTestId('shift'), su);
    await page.getByText('与那天的中班对调').click();
    await page.getByTestId('shift-save').click();
    await tang.getByTestId('shift').filter({ hasText: '中班' }).waitFor();
    await su.getByTestId('shift').filter({ hasText: '早班' }).waitFor();
    await page.getByTestId('roster-undo').click();
    await tang.getByTestId('shift').filter({ hasText: '早班' }).waitFor();
  });

  test('all of it by keys alone', async () => {
    const page = await at('2001', 'week');
    await nextWeek(page);
    const focused = page.locator(':focus');
    await page.getByTestId('roster').locator('[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    // The second row is 沈佳怡; Monday and Tuesday are nights, Wednesday is taken over from 唐雨菲.
    expect(await focused.getAttribute('aria-label')).toBe(
      '沈佳怡，6月17日 周三，早班 08:00–16:00，换班，替唐雨菲',
    );
    await page.keyboard.press('ArrowLeft');
    expect(await focused.getAttribute('aria-label')).toBe('沈佳怡，6月16日 周二，夜班 00:00–08:00');
    await page.keyboard.press('Enter');
    const dialog = page.getByTestId('shift-dialog');
    await tabTo(page, dialog.getByRole('radio', { name: '夜班' }));
    await page.keyboard.press('ArrowLeft');
    await tabTo(page, page.getByTestId('shift-save'));
    await page.keyboard.press('Enter');
    const shen = square(page, '沈佳怡', '2026-06-16');
    await dialog
      .getByTestId('shift-confirm')
      .or(shen.filter({ hasText: '中班' }))
      .first()
      .waitFor();
    if (await dialog.getByTestId('shift-confirm').count()) {
      await tabTo(page, dialog.getByTestId('shift-confirm'));
      await page.keyboard.press('Enter');
    }
    await shen.getByTestId('shift').filter({ hasText: '中班' }).waitFor();
    await tabTo(page, page.getByTestId('roster-undo'));
    await page.keyboard.press('Enter');
    await shen.getByTestId('shift').filter({ hasText: '夜班' }).waitFor();
  });

  test('a file is looked at line by line, applied and taken back', async () => {
    const page = await at('2001', 'week');
    await nextWeek(page);
    await page.getByTestId('roster-export').click();
    const saving = page.waitForEvent('download');
    await page.getByTestId('export-list-csv').click();
    const exported = await readFile(await (await saving).path(), 'utf8');
    expect(exported).toContain('1009,叶思琪,2026-06-20,休');
    const wrong = exported.replace(
      '1009,叶思琪,2026-06-20,休',
      '1009,叶思琪,2026-06-20,晚晚班\r\n8888,无名,2026-06-20,早班',
    );
    const right = exported.replace('1009,叶思琪,2026-06-20,休', '1009,叶思琪,2026-06-20,早班');
    const give = (content: string) =>
      page
        .getByTestId('import-dialog')
        .locator('input[type=file]')
        .setInputFiles({ name: '班表.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await page.getByTestId('roster-import').click();
    await give(wrong);
    await page
      .getByTestId('roster-problems')
      .filter({ hasText: /第 \d+ 行：.*8888/ })
      .waitFor();
    expect(await page.getByTestId('import-apply').isDisabled()).toBe(true);
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-import');
    await give(right);
    await page.getByTestId('import-counts').filter({ hasText: '将排上 1 个班，取消 0 个班' }).waitFor();
    await page.getByTestId('import-apply').click();
    const ye = square(page, '叶思琪', '2026-06-20');
    await ye.getByTestId('shift').filter({ hasText: '早班' }).waitFor();
    await page.getByTestId('roster-undo').click();
    await ye.getByTestId('square').waitFor();
  });

  test('the month, and a day’s people hour by hour, in a picture and in words', async () => {
    const page = await at('2001', 'month');
    await page.getByRole('heading', { name: '2026年6月' }).waitFor();
    await page.getByTestId('gap-2026-06-18').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-month');
    await page.getByTestId('gap-2026-06-18').click();
    await page
      .getByTestId('headcount-words')
      .getByText(/最多缺 [\d.]+ 人/)
      .first()
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-headcount');
    await page.getByText('按小时列出').click();
    await page.getByRole('cell', { name: '10:00–11:00' }).waitFor();
  });

  test('an agent sees their own shifts and their team’s, changes nothing, and subscribes to a calendar', async () => {
    const page = await at('1001', 'mine');
    await page.getByTestId('my-next').filter({ hasText: '正在上班6月10日 周三 早班 08:00–16:00' }).waitFor();
    await page.getByTestId('my-shifts').getByText('让班，替沈佳怡').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-mine');
    await page.getByTestId('roster-calendar').click();
    await page.getByTestId('calendar-make').click();
    const address = await page.getByTestId('calendar-address').inputValue();
    const calendar = await fetch(address);
    expect(await calendar.text()).toContain('SUMMARY:早班');
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-calendar');
    await page.getByTestId('calendar-renew').click();
    await page.getByRole('tooltip').getByRole('button', { name: '换新地址' }).click();
    await expect.poll(() => page.getByTestId('calendar-address').inputValue()).not.toBe(address);
    expect((await fetch(address)).status).toBe(404);
    const renewed = await page.getByTestId('calendar-address').inputValue();
    await page.getByTestId('calendar-end').click();
    await page.getByRole('tooltip').getByRole('button', { name: '停用地址' }).click();
    await page.getByTestId('calendar-make').waitFor();
    expect((await fetch(renewed)).status).toBe(404);

    await page.goto(`${centre.url}/console/roster/week`);
    await nextWeek(page);
    await square(page, '沈佳怡', '2026-06-17').getByText('换班，替唐雨菲').waitFor();
    expect(await page.getByRole('rowheader', { name: '何俊杰' }).count()).toBe(0);
    for (const id of ['square', 'roster-import', 'roster-gaps', 'roster-team'])
      expect(await page.getByTestId(id).count(), id).toBe(0);
    await drag(
      page,
      square(page, '周晓彤', '2026-06-20').getByTestId('shift'),
      square(page, '叶思琪', '2026-06-20'),
    );
    await square(page, '周晓彤', '2026-06-20').getByTestId('shift').click();
    await page.getByTestId('shift-dialog').getByText('早班').waitFor();
    expect(await page.getByTestId('shift-save').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
  });

  test('on a telephone nothing stands out to the right', async () => {
    const page = await at('2001', 'week', phone);
    await nextWeek(page);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(390);
    expect(await axe(page)).toEqual([]);
    await picture(page, 'roster-phone-week');
    await square(page, '周晓彤', '2026-06-15').getByTestId('shift').tap();
    await page.getByTestId('shift-save').waitFor();
    await picture(page, 'roster-phone-shift');
    for (const view of ['month', 'now', 'mine']) {
      await page.goto(`${centre.url}/console/roster/${view}`);
      await page.getByTestId({ month: 'roster', now: 'on-duty', mine: 'my-next' }[view] ?? '').waitFor();
      expect(await width(), view).toBeLessThanOrEqual(390);
      expect(await axe(page), view).toEqual([]);
      await picture(page, `roster-phone-${view}`);
    }
  });
});

/** As somebody without a mouse gets there. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await goal.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the tab key doesn’t lead there');
}
