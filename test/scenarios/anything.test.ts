import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene, type Scene } from './customer.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
}, 60_000);
afterAll(() => scene.close());

const message = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '我要投诉',
      '报修',
      '留言',
      '菜单',
      '0',
      '1',
      '2',
      '9',
      '都不是',
      '宽带',
      '怎样查询话费余额？',
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '确认提交',
      '取消',
      '返回',
      '修改',
      '修改类型',
      '重新开始',
      '继续填写',
      '放弃',
      '跳过',
      '好的',
      '不是',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '13800138000',
      '五月账单多扣了二十元会员费',
      '朝阳小区 3 号楼',
      '资费争议',
      '用这句话',
      '保持不变',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '人工',
      '取消排队',
      '还要等多久',
      '查工单',
      '工单 61803399',
      'TS2026061061803399',
      'hello',
      '谢谢',
      '😀',
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }) },
);

test('whatever customers say, in whatever order, every turn succeeds and says something', async () => {
  const minutes = fc.constantFrom(0, 0, 0, 5, 40, 1500);
  const talks = fc.array(fc.tuple(message, minutes), { minLength: 25, maxLength: 25 });
  for (const talk of fc.sample(talks, { numRuns: 8, seed: 20260610 })) {
    const customer = await scene.customer();
    let waiting = false;
    for (const [text, later] of talk) {
      scene.clock.advance(later * 60_000 + 1);
      // The channel refuses what is blank, and drops half a surrogate pair.
      const said =
        text
          .replaceAll('\0', '')
          .replace(/\p{Surrogate}/gu, '')
          .trim() || '。';
      const { messages } = await customer.says(said);
      if (!waiting) expect(messages.length, `after ${JSON.stringify(talk)}`).toBeGreaterThan(0);
      const owner = { conversationId: customer.conversationId, closedAt: null, owner: 'queue' };
      waiting = (await scene.centre.db.prisma.episode.count({ where: owner })) > 0;
    }
    expect((await customer.turns()).filter((turn) => turn.failure)).toEqual([]);
    expect((await customer.transcript()).join('\n')).not.toMatch(/\{\w+\}|undefined|null|NaN/);
  }
}, 60_000);
