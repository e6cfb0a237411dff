import { describe, expect, test } from 'vitest';
import { LOCALES, t } from '../i18n/index.ts';
import { defaultPolicy } from '../policy/default.ts';
import type { CommandName } from './command.ts';
import { COMMANDS, commandIn } from './commands.ts';
import { readDecision } from './deciding.ts';
import { commandList } from './listing.ts';
import { readSlash } from './slash.ts';
import type { Talk } from './talk.ts';

const now = Date.parse('2026-06-10T10:00+08:00');
const { policy } = defaultPolicy();
/** As much of a turn as reading words needs. */
const talk = { turn: { now }, parts: { policy: () => ({ policy }) } } as unknown as Talk;
const nameOf = (text: string) => commandIn(text, talk)?.name;

describe('words and the command they ask for', () => {
  const examples: [CommandName | undefined, string[]][] = [
    [
      'leave',
      [
        '我请假',
        '我后天想请一天事假，家里有事',
        '请假',
        '我要请假',
        '病假',
        'I need a day off',
        '帮我请后天的事假',
      ],
    ],
    [
      'shifts',
      [
        '我的班次',
        '我的排班',
        '查一下我的班次',
        '我下周什么班',
        '我下周上什么班',
        'My shifts',
        '我哪天上班',
        '班表',
      ],
    ],
    [
      'requests',
      [
        '我的申请',
        '我的请假单',
        '请假进度',
        '我的请假申请',
        'my requests',
        '我的请假批了吗',
        '我的假批下来没有',
        '我的请假',
      ],
    ],
    [
      'withdraw',
      ['撤回', '撤回6月12日（周五）', '撤销我的请假', '取消我的请假申请', 'withdraw', 'Withdraw Fri 12 June'],
    ],
    [
      'toDecide',
      ['待我审批', '有哪些待我审批的申请', '待办', 'to decide', '需要我审批的申请', 'pending approvals'],
    ],
    ['decide', ['同意', '批准。', '不同意，人手不够', '驳回', 'approve', 'reject: too few people']],
    ['handoverWrite', ['写交接', '写交接：设备正常', 'write handover: equipment fine']],
    ['handoverPast', ['昨天夜里的交接记录', '6月9日的交接记录', 'handover of last night']],
    ['problems', ['遗留问题', '有哪些遗留问题', 'open problems']],
    [
      'handover',
      ['交接班', '接班', '完成交接', '确认 #3', '遗留问题：小区断网', '放行1005：家中急事', 'take over'],
    ],
    ['help', ['帮助', '你能做什么', 'help', '?', '怎么用']],
    [undefined, ['你好', '同意你的看法，不过先等等', '帮我订会议室', '宽带怎么办理', '取消', '🙂', '']],
  ];
  test.each(examples)('%s', (name, texts) => {
    for (const text of texts) expect(nameOf(text), text).toBe(name);
  });

  test.each(LOCALES)('each example of the help leads to its own command (%s)', (locale) => {
    for (const { name } of COMMANDS) expect(nameOf(t(locale, `staff.example_${name}`)), name).toBe(name);
  });
});

describe('by slash, on every channel', () => {
  test.each(COMMANDS.map(({ name, slash }) => [slash, name] as const))('/%s', (slash, name) => {
    expect(slash).toMatch(/^[a-z0-9_]{1,32}$/);
    for (const text of [`/${slash}`, `／${slash.toUpperCase()}`, ` /${slash}@TeamBot 明天`])
      expect(nameOf(text), text).toBe(name);
  });

  test('no two are the same, and one that does not exist is none', () => {
    expect(new Set(COMMANDS.map(({ slash }) => slash)).size).toBe(COMMANDS.length);
    for (const text of ['/leaves', '/', '//', '1/2', '8/3']) expect(nameOf(text), text).toBeUndefined();
  });

  test('what stands after it is what was said', () => {
    expect(readSlash('/leave 明天 上午')).toEqual({ name: 'leave', rest: '明天 上午' });
    expect(readSlash('/Leave@TeamBot\n明天')).toEqual({ name: 'leave', rest: '明天' });
  });

  test.each(LOCALES)('platforms get them all, within their limits (%s)', (locale) => {
    const list = commandList(locale);
    expect(list.map(({ name }) => name).sort()).toEqual(COMMANDS.map(({ slash }) => slash).sort());
    for (const { description, example } of list) {
      expect(description.length).toBeGreaterThan(0);
      expect(description.length).toBeLessThanOrEqual(128);
      expect(example.length, example).toBeLessThanOrEqual(32);
    }
    // A platform that shows few shows something of each part.
    const groupOf = (slash: string) => COMMANDS.find((each) => each.slash === slash)?.group;
    const used = new Set(COMMANDS.map(({ group }) => group));
    expect(new Set(list.slice(0, used.size).map(({ name }) => groupOf(name)))).toEqual(used);
  });
});

test('a decision in words is the whole message; a refusal may carry its reason', () => {
  expect(readDecision('同意')).toEqual({ choice: 'approve' });
  expect(readDecision('不同意')).toEqual({ choice: 'refuse' });
  expect(readDecision('不同意，因为那天人手不够')).toEqual({ choice: 'refuse', note: '那天人手不够' });
  expect(readDecision('Refuse: too few people')).toEqual({ choice: 'refuse', note: 'too few people' });
  for (const text of ['同意吗', '我不太同意这样做', '如果有人顶班就同意', '不', 'approve?']) {
    expect(readDecision(text), text).toBeUndefined();
  }
});
