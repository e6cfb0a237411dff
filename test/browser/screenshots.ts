/** `npm run screenshots`: the pictures of README and docs, of the real product with the demo centre, at the demo's moment. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../setup/product.ts';
import { type CustomerAtSite, openPeople, type People } from './people.ts';
import { widgetPictures } from './widget-pictures.ts';

const folder = 'docs/images';
const moment = (ms = 1500) => new Promise((r) => setTimeout(r, ms));

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-pictures-'));
  chmodSync(dataDir, 0o711);
  const product = await startProduct({ dataDir });
  const people = await openPeople(product.url);
  try {
    const customer = await site(people);
    await desk(people, customer);
    await tickets(people);
    await knowledge(people);
    await staff(people);
    await phone(people);
    await microsoft(people);
  } finally {
    await people.close();
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  await widgetPictures(folder);
}

async function site(people: People): Promise<CustomerAtSite> {
  const customer = await people.customer();
  await customer.opens();
  await customer.says('怎样办理套餐变更');
  await customer.isTold('办理条件');
  await moment();
  await customer.page.screenshot({ path: `${folder}/site.png` });
  return customer;
}

async function desk(people: People, customer: CustomerAtSite): Promise<void> {
  await customer.says('转人工');
  await customer.isTold(/转接/);
  const waiting = await people.customer();
  await waiting.opens();
  await waiting.says('宽带测速达不到签约速率怎么办');
  await waiting.says('转人工');
  await waiting.isTold(/转接/);
  const agent = await people.colleague('1001');
  await agent.getByTestId('presence-available').click();
  await agent.getByTestId('queue-item').first().click();
  await agent.getByTestId('take').click();
  // Until it is theirs, the composer writes notes.
  await agent.getByTestId('release').waitFor();
  await agent.getByTestId('composer').fill('您好，请问要改成哪个套餐？');
  await agent.getByTestId('send').click();
  await customer.isTold('您好，请问要改成哪个套餐？');
  await customer.says('129 元那档，下个月能用上吗');
  await moment(2500);
  await agent.screenshot({ path: `${folder}/desk.png` });
}

async function tickets(people: People): Promise<void> {
  const customer = await people.customer();
  await customer.opens();
  await customer.says('我要投诉');
  await customer.presses('资费争议');
  await customer.says('五月账单多扣了二十元会员费，我从来没有订过');
  await customer.says('13800138000');
  await customer.presses('确认提交');
  await customer.isTold(/TS20260610/);
  const leader = await people.colleague('2001');
  await leader.getByTestId('nav-tickets').click();
  await leader
    .getByTestId('tickets-table')
    .getByText(/TS20260610/)
    .first()
    .click();
  await moment(2500);
  await leader.screenshot({ path: `${folder}/tickets.png` });
}

async function knowledge(people: People): Promise<void> {
  const editor = await people.colleague('3001');
  await editor.getByTestId('nav-knowledge').click();
  await editor.getByText('套餐变更后什么时候生效').first().click();
  await moment(2500);
  await editor.screenshot({ path: `${folder}/knowledge.png` });
}

async function staff(people: People): Promise<void> {
  const anna = await people.colleague('1001', '/staff');
  await anna.getByTestId('staff-input').fill('我后天想请一天事假，家里有事');
  await anna.getByTestId('staff-input').press('Enter');
  await anna.getByTestId('card-button').filter({ hasText: '确认提交' }).click();
  await moment(2000);
  await anna.screenshot({ path: `${folder}/staff.png` });
}

async function phone(people: People): Promise<void> {
  const customer = await people.customer({
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
  await customer.opens();
  await customer.says('宽带');
  await moment(2000);
  await customer.page.screenshot({ path: `${folder}/phone.png` });
}

/** Microsoft's own page, unchanged, as an operator would put it on a page of theirs. */
async function microsoft(people: People): Promise<void> {
  // Our own page makes room: what a test serves in its place isn't let near an address of this machine by Chromium.
  const { page } = await people.customer({ viewport: { width: 480, height: 720 }, bypassCSP: true });
  await page.evaluate(() => {
    document.body.innerHTML = '<div id="chat" style="height:100vh"></div>';
  });
  const root = createRequire(import.meta.url).resolve('botframework-webchat');
  await page.addScriptTag({ path: root.replace(/lib[\\/]index\.js$/, 'dist/webchat.js') });
  await page.evaluate(async () => {
    const asked = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"site":"demo"}',
    };
    const { token } = await (await fetch('/v3/directline/tokens/generate', asked)).json();
    const { WebChat } = window as unknown as { WebChat: Record<string, (...given: unknown[]) => object> };
    const directLine = WebChat.createDirectLine?.({ token, domain: `${location.origin}/v3/directline` });
    WebChat.renderWebChat?.({ directLine, locale: 'zh-CN' }, document.getElementById('chat'));
  });
  const box = page.locator('.webchat__send-box-text-box__input');
  for (const [text, answer] of [
    ['怎样办理套餐变更', '办理条件'],
    ['我要投诉', '资费争议'],
  ] as const) {
    await box.fill(text);
    await box.press('Enter');
    await page.getByText(answer).last().waitFor();
  }
  await moment();
  await page.screenshot({ path: `${folder}/webchat.png` });
}

await main();
