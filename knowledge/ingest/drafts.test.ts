import { Document } from '@langchain/core/documents';
import { MarkdownTextSplitter, RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { expect, test } from 'vitest';
import { draftsOf } from './drafts.ts';

const manual = new Document({
  metadata: { source: 'manual.md' },
  pageContent: `# 宽带报修
拨打 10099 转 2，或在掌厅“服务－宽带报修”登记。工作日 4 小时内上门。

# 宽带移机
同城移机免费，跨城 100 元。请提前 3 天预约。

# Number portability
Send CXXZ to 10099. The code is valid for 15 days.
`,
});

test('a Markdown splitter of LangChain’s makes a draft of each section', async () => {
  const splitter = new MarkdownTextSplitter({ chunkSize: 80, chunkOverlap: 0 });
  const drafts = await draftsOf([manual], splitter);
  expect(drafts.map(({ title, language }) => [title, language])).toEqual([
    ['宽带报修', 'zh'],
    ['宽带移机', 'zh'],
    ['Number portability', 'en'],
  ]);
  expect(drafts[1]).toMatchObject({
    body: '同城移机免费，跨城 100 元。请提前 3 天预约。',
    source: 'manual.md',
    questions: [],
  });
  expect(await draftsOf([manual, manual], splitter)).toEqual(drafts);
});

test('a piece without heading is called by its first sentence, an empty one is none', async () => {
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 200, chunkOverlap: 0 });
  const long = new Document({ pageContent: `${'很'.repeat(100)}。然后呢？` });
  const drafts = await draftsOf(
    [
      new Document({ pageContent: 'Bring your passport. We copy it.' }),
      long,
      new Document({ pageContent: ' ' }),
    ],
    splitter,
  );
  expect(drafts.map(({ title }) => title)).toEqual(['Bring your passport', '很'.repeat(80)]);
});
