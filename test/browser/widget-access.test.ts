import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { axe, openStage, type Stage } from './widget-stage.ts';

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(!requirePeer('chromium'))('the web chat for everyone', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterAll(() => stage?.close());

  it.each([
    ['/bare', {}],
    ['/bare-en', { locale: 'en-US' }],
    ['/', {}],
    ['/?lang=en', {}],
    ['/', phone],
  ])('has no fault that axe-core finds: %s %j', async (path, options) => {
    const { page, ask, said } = await stage.visit(path, options);
    expect(await axe(page)).toEqual([]);
    await page.getByTestId('launcher').click();
    for (const text of ['套餐', '国际漫游', '宽带', '我要投诉', '转人工']) await ask(text);
    await expect.poll(said).toHaveLength(11);
    stage.peer.trouble.failPosts = 3;
    await ask('发不出去');
    await page.getByTestId('resend').waitFor({ timeout: 30_000 });
    expect(await axe(page)).toEqual([]);
  });

  it('is worked by keyboard alone', async () => {
    const { page, said } = await stage.visit('/bare');
    await page.getByTestId('launcher').focus();
    await page.keyboard.press('Enter');
    const focused = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('data-testid'));
    expect(await focused()).toBe('input');
    await page.keyboard.type('第一行');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('echo');
    await page.keyboard.press('Enter');
    await expect.poll(said).toEqual(['第一行\necho', 'echo 第一行\necho']);
    const seen = new Set<string | null | undefined>();
    for (let tab = 0; tab < 8; tab += 1) {
      await page.keyboard.press('Shift+Tab');
      seen.add(await focused());
    }
    expect([...seen]).toEqual(expect.arrayContaining(['quick-menu', 'quick-human', 'log', 'close']));
    await page.getByTestId('input').focus();
    await page.keyboard.press('Escape');
    await page.getByTestId('panel').waitFor({ state: 'hidden' });
    expect(await focused()).toBe('launcher');
  });

  it('does not send while Chinese is being composed', async () => {
    const { page, said } = await stage.visit('/bare');
    await page.getByTestId('launcher').click();
    await page.getByTestId('input').fill('echo');
    await page.getByTestId('input').evaluate((input) => {
      const composing = { key: 'Enter', isComposing: true, bubbles: true, cancelable: true };
      input.dispatchEvent(new KeyboardEvent('keydown', composing));
    });
    expect(await page.getByTestId('input').inputValue()).toBe('echo');
    expect(await said()).toEqual([]);
  });

  it('tells how much may still be written, and does not send or cut what is too long', async () => {
    const { page, ask, said } = await stage.visit('/bare');
    await page.getByTestId('launcher').click();
    await page.getByTestId('input').fill('长'.repeat(3950));
    expect(await page.getByTestId('count').textContent()).toBe('还可输入 50 字');
    await ask('长'.repeat(4003));
    expect(await page.getByTestId('count').textContent()).toContain('已超出 3 字');
    expect(await said()).toEqual([]);
    expect((await page.getByTestId('input').inputValue()).length).toBe(4003);
  });

  it('announces news, not the history', async () => {
    const { page, ask, said } = await stage.visit('/bare');
    await page.getByTestId('launcher').click();
    const log = page.getByTestId('log');
    expect(await log.getAttribute('role')).toBe('log');
    await ask('echo');
    await expect.poll(said).toHaveLength(2);
    // The history is kept back until it was looked at: on a quick machine it would be there before.
    let letThrough = () => {};
    const looked = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route('**/v3/directline/**', (route) => looked.then(() => route.continue()));
    await page.reload();
    await expect.poll(() => log.getAttribute('aria-busy')).toBe('true');
    letThrough();
    await expect.poll(() => log.getAttribute('aria-busy')).toBe('false');
    expect(await log.getAttribute('aria-live')).toBe('polite');
  });

  it('fills a phone’s screen and keeps the page behind out of reach', async () => {
    const { page } = await stage.visit('/', { ...phone, reducedMotion: 'reduce' });
    await page.getByTestId('launcher').click();
    expect(await page.getByTestId('panel').boundingBox()).toMatchObject({
      x: 0,
      y: 0,
      width: 390,
      height: 844,
    });
    expect(await page.getByTestId('panel').evaluate((panel) => panel.matches(':modal'))).toBe(true);
    await page.getByTestId('close').click();
    await page.getByTestId('panel').waitFor({ state: 'hidden' });
  });

  it('has targets of at least 24 pixels', async () => {
    const { page, ask, said } = await stage.visit('/bare', phone);
    await page.getByTestId('launcher').click();
    await ask('宽带');
    await expect.poll(said).toHaveLength(2);
    for (const button of await page.getByTestId('panel').locator('button:visible').all()) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    }
  });

  it('moves nothing for those who want less motion', async () => {
    const { page } = await stage.visit('/bare', { reducedMotion: 'reduce' });
    await page.getByTestId('launcher').click();
    const moving = await page.getByTestId('panel').evaluate((panel) => getComputedStyle(panel).animationName);
    expect(moving).toBe('none');
  });

  it('takes its colour from the host page', async () => {
    const { page } = await stage.visit('/bare');
    await page.evaluate(() =>
      document.documentElement.style.setProperty('--yingda-accent', 'rgb(0, 100, 0)'),
    );
    const colour = await page
      .getByTestId('launcher')
      .evaluate((node) => getComputedStyle(node).backgroundColor);
    expect(colour).toBe('rgb(0, 100, 0)');
  });
});
