import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requirePeer } from '../setup/peers.ts';
import { type ConsoleStage, openConsoleStage } from './console-stage.ts';

describe.skipIf(!requirePeer('chromium'))(
  'an editor who asks for similar questions',
  { timeout: 60_000 },
  () => {
    const mock = new LLMock({ port: 0, logLevel: 'silent' });
    let stage: ConsoleStage;
    beforeAll(async () => {
      await mock.start();
      stage = await openConsoleStage({ MODEL_URL: `${mock.url}/v1`, MODEL_NAME: 'scripted' });
    }, 120_000);
    afterEach(async () => {
      await stage.tidy();
      mock.reset();
    });
    afterAll(async () => {
      await stage.close();
      await mock.stop();
    });

    const open = async () => {
      const page = await stage.colleague('3001', '/console/knowledge/zh-c-035');
      await page.getByTestId('entry-edit').click();
      return page;
    };

    test('takes them one by one; what is taken is a change to publish, like any other', async () => {
      const written = ['彩铃一个月几块钱', '怎样查询话费余额'];
      mock.on({ predicate: () => true }, { content: JSON.stringify({ questions: written }) });
      const page = await open();
      const before = await page.getByTestId('entry-questions').inputValue();
      await page.getByTestId('entry-suggest').click();
      const rows = page.getByTestId('entry-suggestions').getByRole('listitem');
      await rows.first().waitFor();
      expect(await rows.count()).toBe(2);
      expect(await rows.nth(1).textContent()).toContain('现在会答到');
      expect(await page.getByTestId('entry-questions').inputValue()).toBe(before);
      await rows.first().getByRole('button').click();
      await rows.first().getByText('已采纳').waitFor();
      expect(await page.getByTestId('entry-questions').inputValue()).toBe(`${before}\n彩铃一个月几块钱`);
      expect(await page.getByTestId('entry-publish').isEnabled()).toBe(true);
    });

    test('hears when there are none, and when the model fails', async () => {
      const page = await open();
      mock.nextRequestError(500, { message: 'broken' });
      await page.getByTestId('entry-suggest').click();
      await page.getByTestId('entry-suggestions').getByRole('alert').waitFor();
      mock.on({ predicate: () => true }, { content: JSON.stringify({ questions: [] }) });
      await page.getByTestId('entry-suggest').click();
      await page.getByTestId('entry-suggestions').getByText('没有可推荐的相似问法').waitFor();
    });
  },
);
