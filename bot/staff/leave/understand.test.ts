import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateContext, describeSpan } from '../../dialog/dates/index.ts';
import { understandLeave } from './understand.ts';

const context = dateContext(Date.parse('2026-06-10T10:00+08:00'), 'Asia/Shanghai', '06:00');

/** kind / span / reason / for whom, `-` for what is missing. */
function read(text: string): string {
  const { kind, span, reason, forWhom } = understandLeave(text, context);
  const when =
    span &&
    `${span.from.toString().slice(5)}${span.to.equals(span.from) ? '' : `..${span.to.toString().slice(5)}`}`;
  return [kind, when, reason, forWhom].map((part) => part ?? '-').join(' / ');
}

describe('sentences of colleagues, on Wednesday 10 June 2026', () => {
  test.each([
    ['我后天想请一天事假，家里有事', 'personal / 06-12 / 家里有事 / -'],
    ['明晚夜班请个病假，发烧了', 'sick / 06-11 / 发烧了 / -'],
    ["I'd like personal leave on Friday, family matter", 'personal / 06-12 / family matter / -'],
    ['我想请事假', 'personal / - / - / -'],
    ['请假', '- / - / - / -'],
    ['我要请假', '- / - / - / -'],
    ['病假', 'sick / - / - / -'],
    ['明天请假', '- / 06-11 / - / -'],
    ['明天请一天病假', 'sick / 06-11 / - / -'],
    ['8月3日至5日请事假', 'personal / 08-03..08-05 / - / -'],
    ['8月3日到5日想请三天事假，回老家办婚礼', 'personal / 08-03..08-05 / 回老家办婚礼 / -'],
    ['下周一、周二请事假，搬家', 'personal / 06-15..06-16 / 搬家 / -'],
    ['下周一下午两点到六点请事假，去银行办贷款', 'personal / 06-15 / 去银行办贷款 / -'],
    ['班长您好，我明天想请一天事假，孩子开家长会，谢谢！', 'personal / 06-11 / 孩子开家长会 / -'],
    ['因为家里老人住院，后天请特殊事假', 'special / 06-12 / 家里老人住院 / -'],
    ['特殊事假，今晚，孩子突然发烧', 'special / 06-10 / 孩子突然发烧 / -'],
    ['紧急事假，今天下午，家里漏水', 'special / 06-10 / 家里漏水 / -'],
    ['替小李请明天的病假，他发烧了', 'sick / 06-11 / 发烧了 / 小李'],
    ['帮小王请病假，明天早班', 'sick / 06-11 / - / 小王'],
    ['替1002报病假，今天', 'sick / 06-10 / - / 1002'],
    ['帮同事王芳请后天的病假，急性肠胃炎', 'sick / 06-12 / 急性肠胃炎 / 王芳'],
    ['替小李请明天的事假', 'personal / 06-11 / - / 小李'],
    ['我自己请明天病假', 'sick / 06-11 / 自己 / -'],
    ['后天去省公司出差', 'official / 06-12 / 去省公司 / -'],
    ['下周一到周三外出培训', 'study / 06-15..06-17 / - / -'],
    ['6月20号公出，去市分公司开会', 'official / 06-20 / 去市分公司开会 / -'],
    ['外出学习：下周四，参加投诉处理研讨', 'study / 06-18 / 参加投诉处理研讨 / -'],
    ['明天起请三天病假，做手术', 'sick / 06-11..06-13 / 做手术 / -'],
    ['６月１２日请事假，家里有事', 'personal / 06-12 / 家里有事 / -'],
    ['麻烦您，周五请半天事假，上午去体检', 'personal / 06-12 / 去体检 / -'],
    ['我想请个假，后天，带孩子看病', '- / 06-12 / 带孩子看病 / -'],
    ['能不能请周五的事假？同学结婚', 'personal / 06-12 / 同学结婚 / -'],
    ['事假 后天 家里有事', 'personal / 06-12 / 家里有事 / -'],
    ['原因是搬家，周六请事假', 'personal / 06-13 / 搬家 / -'],
    ['今天不舒服，想请病假', 'sick / 06-10 / 不舒服 / -'],
    ['急诊，今晚夜班请病假', 'sick / 06-10 / 急诊 / -'],
    ['sick leave tomorrow, fever', 'sick / 06-11 / fever / -'],
    ['I need a sick day tomorrow', 'sick / 06-11 / - / -'],
    [
      'Please, personal leave from Monday to Wednesday, moving house',
      'personal / 06-15..06-17 / moving house / -',
    ],
    [
      'special personal leave today, my mother is in hospital',
      'special / 06-10 / my mother is in hospital / -',
    ],
    ['business trip on June 12', 'official / 06-12 / - / -'],
    ['study leave June 15 to 17', 'study / 06-15..06-17 / - / -'],
    ["I'd like to report sick leave for Li Wei tomorrow", 'sick / 06-11 / - / Li Wei'],
    ['sick leave for 1002 today, food poisoning', 'sick / 06-10 / food poisoning / 1002'],
    ['personal leave for Friday', 'personal / 06-12 / - / -'],
    ['I want the day after tomorrow off', '- / 06-12 / - / -'],
    ['', '- / - / - / -'],
    ['🙂', '- / - / - / -'],
  ])('「%s」', (said, understood) => expect(read(said)).toBe(understood));
});

test('whether leave is wanted at all', () => {
  for (const said of ['我要请假', '病假', '想请个假', 'I need a day off']) {
    expect(understandLeave(said, context).wantsLeave, said).toBe(true);
  }
  for (const said of ['你好', '明天谁在班', '查一下班表', 'who is on now?', '宽带怎么办理', 'please']) {
    expect(understandLeave(said, context).wantsLeave, said).toBe(false);
  }
});

test('an unclear date is passed on, not guessed', () => {
  const { span, dates, kind } = understandLeave('周一请事假', context);
  expect(span).toBeUndefined();
  expect(kind).toBe('personal');
  expect(dates.ambiguous?.choices.map((choice) => describeSpan(choice, 'zh-CN'))).toEqual([
    '6月15日（周一）',
    '6月8日（周一）',
  ]);
});

test('an emergency is noticed', () => {
  expect(understandLeave('急诊，今晚请病假', context).emergency).toBe(true);
  expect(understandLeave('今晚请病假', context).emergency).toBe(false);
});

test('whatever is typed, it is read without a fault', () => {
  const words = fc.constantFrom(
    '我',
    '想请',
    '事假',
    '病假',
    '替',
    '小李',
    '后天',
    '，',
    '😀',
    'leave',
    ' for ',
    '\u0001',
    '1002',
    '因为',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'binary' })), { maxLength: 8 }), (parts) => {
      const { reason } = understandLeave(parts.join(''), context);
      if (reason !== undefined) expect(reason.trim()).toBe(reason);
    }),
    { numRuns: 150 },
  );
});
