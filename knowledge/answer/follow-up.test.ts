import { describe, expect, test } from 'vitest';
import type { Cited, Reply } from '../reply.ts';
import { askInContext, completions } from './follow-up.ts';

describe('a follow-up is completed with what the question before it was about', () => {
  test.each([
    ['国内漫游怎么收费', '那国际的呢', '国际漫游怎么收费'],
    ['國內漫遊怎麼收費', '那国际的呢', undefined],
    ['怎么开通国际漫游', '那怎么取消呢？', '怎么取消国际漫游'],
    ['彩铃怎么开通', '那怎么取消', '彩铃怎么取消'],
    ['彩铃怎么开通', '多少钱', '彩铃多少钱'],
    ['副卡怎么办理', '那个怎么取消', '副卡怎么取消'],
    ['流量包怎么订', '语音的呢', '语音包怎么订'],
    ['话费账单怎么查', '那积分呢', '积分怎么查'],
    ['请问宽带怎么移机', '要多久', '宽带要多久'],
    [
      'how do I turn on domestic roaming',
      'what about international?',
      'how do I turn on international roaming',
    ],
    ['how much is a 5G plan', 'and for broadband?', 'how much is a broadband'],
    ['how do I activate roaming', 'and for prepaid?', 'how do I activate roaming for prepaid'],
    ['how do I activate roaming', 'what about eSIM?', 'how do I activate eSIM'],
    ['how can I cancel my plan', 'how long does it take', 'how long does cancel my plan take'],
  ])('%s | %s', (before, said, completed) => {
    if (completed) expect(completions(said, before)).toContain(completed);
    else expect(completions(said, before)).not.toContain(before);
  });

  test.each([
    '谢谢',
    '好的',
    '怎样查询话费余额',
    '转人工',
    '',
    '？？？',
    'thanks',
    'I lost my phone yesterday',
  ])('what leans on nothing is left alone: %s', (said) =>
    expect(completions(said, '国内漫游怎么收费')).toEqual([]),
  );

  test('a thing is not done as if it were a verb', () =>
    expect(completions('and for prepaid?', 'how do I activate roaming')).not.toContain('how do I prepaid'));

  test('a long text is a question of its own, and characters of regular expressions do no harm', () => {
    expect(completions('那'.repeat(5000), '国内漫游怎么收费')).toEqual([]);
    for (const odd of ['那(的呢', '那[国际呢', 'what about .*?', '那\\呢'])
      completions(odd, '(国内[漫游*怎么收费');
  });
});

describe('what names nothing of its own is asked of what the last answer was about', () => {
  test.each([
    ['如何开通国际及港澳台漫游', '要多少钱一天', '国际漫游要多少钱一天'],
    ['宽带如何移机', '需要带身份证吗？', '宽带移机需要带身份证吗'],
    ['副卡怎么收费，能办几张', '最多几张', '副卡最多几张'],
    ['如何办理副卡', '那要多久', '副卡要多久'],
    [
      'Turning on international roaming',
      'how much per day?',
      'how much per day Turning on international roaming',
    ],
  ])('%s | %s', (title, said, completed) => expect(completions(said, undefined, title)).toEqual([completed]));

  test.each([
    '需要多少话费',
    '最低的套餐是哪个',
    '怎么开通国际漫游',
    '可以查话费吗',
    '谢谢',
    'how much is roaming',
  ])('but not what names something: %s', (said) =>
    expect(completions(said, undefined, '如何办理副卡')).toEqual([]),
  );
});

describe('the completed question is taken', () => {
  const entry = (id: string) => ({ id }) as Cited;
  const replies: Record<string, Reply> = {
    国际漫游怎么收费: { outcome: 'answer', score: 0.8, entry: entry('roaming') },
    彩铃多少钱: { outcome: 'answer', score: 0.9, entry: entry('ring') },
    多少钱: { outcome: 'answer', score: 0.5, entry: entry('plans') },
    那国际的呢: { outcome: 'choices', score: 0.4, entries: [] },
    副卡怎么取消: { outcome: 'unknown', score: 0.1, nearestId: null },
    那个怎么取消: { outcome: 'choices', score: 0.3, entries: [] },
  };
  const ask = (question: string): Reply =>
    replies[question] ? { ...replies[question] } : { outcome: 'unknown', score: 0, nearestId: null };

  const following = (text: string, before: string) => ({
    text,
    history: [{ author: 'customer' as const, text: before }],
  });

  test('where the bare one is not answered and the completed one is', () => {
    expect(askInContext(following('那国际的呢', '国内漫游怎么收费'), ask)).toMatchObject({
      outcome: 'answer',
      entry: { id: 'roaming' },
      asked: '国际漫游怎么收费',
    });
  });

  test('where it is answered more surely than the bare one', () => {
    const reply = askInContext(following('多少钱', '彩铃怎么开通'), ask);
    expect(reply).toMatchObject({ outcome: 'answer', entry: { id: 'ring' }, asked: '彩铃多少钱' });
  });

  test('not where the bare one is the surer, or leans on nothing', () => {
    expect(askInContext(following('多少钱', '国际漫游怎么开通'), ask)).toMatchObject({
      entry: { id: 'plans' },
    });
    expect(askInContext(following('国际漫游怎么收费', '彩铃怎么开通'), ask).asked).toBeUndefined();
  });

  test('not where it comes to less', () => {
    expect(askInContext(following('那个怎么取消', '副卡怎么办理'), ask)).toMatchObject({
      outcome: 'choices',
      score: 0.3,
    });
  });

  test('also of what was answered last, where no question was asked or another one', () => {
    const topic = '如何开通彩铃';
    expect(askInContext({ text: '多少钱', topic }, ask)).toMatchObject({ asked: '彩铃多少钱' });
    expect(askInContext({ ...following('多少钱', '国际漫游'), topic }, ask)).toMatchObject({
      asked: '彩铃多少钱',
    });
  });

  test('not without a question before it', () => {
    expect(askInContext({ text: '那国际的呢' }, ask).asked).toBeUndefined();
  });
});
