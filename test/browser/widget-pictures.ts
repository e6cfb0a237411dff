import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { pdf, picture } from '../fakes/pictures.ts';
import { conversationOf, openRealStage, type RealStage } from './widget-real-stage.ts';

/** The widget in its states, for docs/CHANNELS.md. */
export async function widgetPictures(folder: string): Promise<void> {
  const stage = await openRealStage();
  const shot = (page: Page, name: string) => page.screenshot({ path: `${folder}/widget-${name}.png` });
  try {
    await files(stage, readFileSync(`${folder}/site.png`), shot);
    await offline(stage, shot);
    await unread(stage, shot);
  } finally {
    await stage.close();
  }
}

type Shot = (page: Page, name: string) => Promise<unknown>;
const size = { viewport: { width: 460, height: 780 } };

async function files(stage: RealStage, photo: Buffer, shot: Shot): Promise<void> {
  const { page, ask } = await stage.enter('/bare', size);
  stage.webchat.host.onMessage = () => undefined;
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    page.getByTestId('file-input').setInputFiles({ name, mimeType, buffer });
  await ask('缴费页面打不开，请看截图');
  await choose('截图.png', 'image/png', photo);
  await page.locator('[data-state="sent"]').getByTestId('picture').waitFor();
  const id = await conversationOf(page);
  const files = [stage.webchat.host.keep(id, { name: '缴费说明.pdf', bytes: pdf('缴费说明'.repeat(900)) })];
  const agent = { author: 'agent', name: '王芳' } as const;
  stage.webchat.host.say(id, '收到，请按这份说明重新登录试试。', { ...agent, files });
  await page.getByTestId('file').filter({ hasText: '缴费说明.pdf' }).waitFor();
  await choose('安装包.exe', 'application/x-msdownload', Buffer.from('MZ'));
  await page.getByTestId('withdraw').waitFor();
  await page.route('**/upload', () => undefined);
  await choose('账单.png', 'image/png', picture(300, 90));
  const bar = page.getByTestId('progress').locator('progress');
  await bar.evaluate((node: HTMLProgressElement) => {
    node.value = 0.6;
  });
  await shot(page, 'files');
  await page.context().close();
}

async function offline(stage: RealStage, shot: Shot): Promise<void> {
  const { page, ask } = await stage.enter('/bare', size);
  await ask('宽带断网了');
  await page.locator('[data-state="sent"]').first().waitFor();
  await page.context().route('**/v3/**', (route) => route.abort());
  stage.webchat.dropStreams();
  await page.getByTestId('leave').waitFor({ timeout: 60_000 });
  await page.getByLabel('留言内容').fill('宽带从昨晚八点起断网，路由器红灯，请联系我。');
  await page.getByLabel('联系电话').fill('13800138000');
  await shot(page, 'offline');
  await page.context().close();
}

async function unread(stage: RealStage, shot: Shot): Promise<void> {
  const { page, ask } = await stage.enter('/bare-en', { ...size, locale: 'en-US' });
  await ask('My bill is wrong');
  await page.locator('[data-state="sent"]').first().waitFor();
  const id = await conversationOf(page);
  await page.getByTestId('close').click();
  for (const text of ['One moment please.', 'I have found your bill.'])
    stage.webchat.host.say(id, text, { author: 'agent', name: 'Wang Fang' });
  await page.getByTestId('badge').getByText('2').waitFor();
  await shot(page, 'unread');
  await page.context().close();
}
