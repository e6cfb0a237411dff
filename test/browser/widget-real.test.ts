import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Webchat } from '../fakes/webchat-server.ts';
import { requirePeer } from '../setup/peers.ts';
import { conversationOf, openRealStage, type RealStage } from './widget-real-stage.ts';

/** The same widget against the product's own Direct Line server; only the host behind it is in memory. */
describe.skipIf(!requirePeer('chromium'))('the web chat on the real Direct Line server', () => {
  let stage: RealStage;
  let webchat: Webchat;
  beforeAll(async () => {
    stage = await openRealStage();
    webchat = stage.webchat;
  }, 60_000);
  afterAll(() => stage?.close());
  const enter = () => stage.enter();

  it('asks, is answered, reloads, loses its connection, and misses and repeats nothing', async () => {
    const { page, ask, said } = await enter();
    await ask('一');
    await expect.poll(said).toEqual(['一', '您说：一']);
    await page.reload();
    await expect.poll(said).toEqual(['一', '您说：一']);
    webchat.dropStreams();
    webchat.host.say(await conversationOf(page), '断线时说的');
    await ask('二');
    await expect.poll(said).toEqual(['一', '您说：一', '断线时说的', '二', '您说：二']);
    expect(webchat.errors).toEqual([]);
  });

  it('presses a card’s button, which then shows its outcome in place', async () => {
    const { page, ask, said } = await enter();
    await ask('一');
    await expect.poll(said).toHaveLength(2);
    const conversationId = await conversationOf(page);
    const card = {
      title: '确认',
      facts: [{ label: '日期', value: '6月12日' }],
      buttons: [{ title: '同意', token: 'tok-w' }],
    };
    webchat.host.say(conversationId, '', { card });
    webchat.host.cards.set('tok-w', { conversationId, card, outcome: '已同意' });
    await page.getByTestId('card').getByTestId('action').click();
    await page.getByTestId('card').getByText('已同意').waitFor();
    expect(await page.getByTestId('card').count()).toBe(1);
    expect(await page.getByTestId('card').getByTestId('action').count()).toBe(0);
    expect((await said()).at(-1)).toBe('同意');
  });

  it('keeps the conversation when a button is no longer known, and says why', async () => {
    const { page, ask, said } = await enter();
    await ask('一');
    await expect.poll(said).toHaveLength(2);
    const conversationId = await conversationOf(page);
    webchat.host.say(conversationId, '', {
      card: { title: '过期', buttons: [{ title: '同意', token: 'tok-gone' }] },
    });
    await page.getByTestId('card').getByTestId('action').click();
    await page.locator('[data-state=failed]').waitFor();
    expect(await conversationOf(page)).toBe(conversationId);
  });
});
