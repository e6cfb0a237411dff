import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readNumberChoice, readYesNo } from '../../bot/dialog/read.ts';
import { t } from '../../bot/i18n/index.ts';
import { allowed, ROLES } from '../../bot/people/permissions.ts';
import { COMMANDS } from '../../bot/staff/commands.ts';
import { demoLogins } from '../../prisma/seed/demo.ts';
import { openStaffScene, type StaffScene } from './staff.ts';

let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe.each(ROLES)('as %s', (role) => {
  test('every command does what the permission table says', async () => {
    const number = demoLogins().find((login) => login.role === role)?.number ?? '';
    const colleague = await scene.colleague(number);
    for (const { name, action } of COMMANDS) {
      await scene.reset();
      const said = await colleague.says(t('zh-CN', `staff.example_${name}`));
      const refused = said.text === t('zh-CN', 'staff.forbidden', { what: t('zh-CN', `staff.what_${name}`) });
      expect(refused, `${name}: ${said.text}`).toBe(allowed(role, action) === undefined);
      expect(said.outcome, name).not.toBe('silent');
    }
  });
});

test('whatever is written, there is an answer, and nothing is handed in but by confirming', async () => {
  const colleague = await scene.colleague('1001');
  const requests = () => scene.db.prisma.leaveRequest.count();
  const part = fc.oneof(
    fc.constantFrom(
      '请假',
      '事假',
      '病假',
      '后天',
      '周一',
      '6月31日',
      '1',
      '取消',
      '修改',
      '返回上一步',
      '替1003',
      '半天',
    ),
    fc.constantFrom(
      '{"from":"0001-01-01","to":"9999-12-31"}',
      '{"from":"2026-06-12"}',
      "'; DROP TABLE card",
      '同意',
      '撤回',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), async (parts) => {
      const text = parts.join(' ').replaceAll('\0', '') || '?';
      const before = await requests();
      const said = await colleague.says(text);
      // The summary may be confirmed by its first number, or by agreeing.
      if ((await requests()) > before)
        expect([readYesNo(text), readNumberChoice(text, 3)], text).toContainEqual(
          expect.toBeOneOf(['yes', 1]),
        );
      expect(said.text.length).toBeGreaterThan(0);
      expect(said.text).not.toMatch(/出了点问题|undefined|\[object|\{\w+\}/);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a command with its words works like the sentence, also while the form is open', async () => {
  const colleague = await scene.colleague('1001');
  const bySlash = await colleague.says('/leave 我后天想请一天事假，家里有事');
  await scene.reset();
  const bySentence = await colleague.says('我后天想请一天事假，家里有事');
  expect(bySlash.text).toBe(bySentence.text);
  expect(bySlash.card?.facts).toEqual(bySentence.card?.facts);
  expect((await colleague.says('/shifts')).text).not.toContain('还没有提交');
  await scene.reset();
  expect((await colleague.says('/leaves')).text).toContain('/leave');
});
