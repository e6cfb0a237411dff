import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumberChoice, readYesNo } from './read.ts';

describe('yes and no', () => {
  test.each([
    '是',
    '是的',
    '对',
    '对对对',
    '好',
    '好的，确认',
    '嗯嗯',
    '可以',
    '可以的，谢谢',
    '没错',
    '没问题',
    '没有问题',
    '行吧',
    '提交吧',
    '不错',
    '确认。',
    'ＯＫ',
    'ok',
    'Yes, please',
    'yep',
    "that's right",
    'sure!',
    '👍',
    '我确定',
  ])('「%s」 is a yes', (said) => expect(readYesNo(said)).toBe('yes'));

  test.each([
    '不',
    '否',
    '不是',
    '不对',
    '不行',
    '不要',
    '不用了，谢谢',
    '不可以',
    '没有',
    '错了',
    '算了',
    '不需要',
    '别',
    'no',
    'No, thanks',
    'nope',
    'n',
    "don't",
    'not yet',
    'wrong',
    '👎',
    '不确定',
  ])('「%s」 is a no', (said) => expect(readYesNo(said)).toBe('no'));

  test.each([
    '',
    '  ',
    '是吗？',
    '对不对',
    '好不好',
    '可以吗',
    '不是今天',
    '是明天',
    '也许',
    'maybe',
    'yes and no',
    '行不行',
    '🙂',
    '好的，但是改成下周一',
    '1',
    '我要投诉',
  ])('「%s」 is neither', (said) => expect(readYesNo(said)).toBeUndefined());
});

describe('one of three choices', () => {
  test.each([
    ['1', 1],
    ['１', 1],
    ['一', 1],
    ['第一个', 1],
    ['第1个', 1],
    ['选1', 1],
    ['我选第二个', 2],
    ['②', 2],
    ['2.', 2],
    ['2、', 2],
    ['第三项', 3],
    ['第三', 3],
    ['三号', 3],
    ['最后一个', 3],
    ['最后那个吧', 3],
    ['the second', 2],
    ['the second one', 2],
    ['option 3', 3],
    ['#2', 2],
    ['3rd', 3],
    ['two', 2],
    ['last one', 3],
    ['No. 2', 2],
    ['就第二个吧', 2],
  ])('「%s」 is number %i', (said, number) => expect(readNumberChoice(said, 3)).toBe(number));

  test.each([
    '',
    '0',
    '4',
    '第四个',
    '十',
    '12',
    '两天',
    '一天',
    '第一次来',
    '1和2',
    '都不是',
    'first of all',
    '13800000000',
    '前者',
    '2026-06-12',
  ])('「%s」 is none of them', (said) => expect(readNumberChoice(said, 3)).toBeUndefined());

  test('former and latter are of two', () => {
    expect(readNumberChoice('前者', 2)).toBe(1);
    expect(readNumberChoice('the latter', 2)).toBe(2);
  });
});

test('whatever is typed, nothing throws and no choice lies outside', () => {
  const unit = fc.constantFrom(...'是不好没有对确认一二十第个12 ,.?yesno'.split(''));
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit, maxLength: 40 }));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), (said, count) => {
      expect(['yes', 'no', undefined]).toContain(readYesNo(said));
      const choice = readNumberChoice(said, count);
      if (choice !== undefined) expect(choice >= 1 && choice <= count && Number.isInteger(choice)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
