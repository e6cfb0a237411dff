import { describe, expect, test } from 'vitest';
import { languageOf } from './language.ts';
import {
  asks,
  asksPosition,
  leavesQueue,
  smallTalk,
  startsForm,
  wantsHuman,
  wantsHumanBesides,
  wantsMenu,
  wantsStatus,
  withoutStart,
  wordless,
} from './words.ts';

describe('a person', () => {
  test.each([
    '人工',
    '转人工',
    '人工客服',
    '转人工客服',
    '我要转人工！',
    '请帮我转一下人工',
    '找个人工',
    '真人',
    '我要人工服务',
    '直接转人工吧',
    '能不能转人工？',
    '请问可以帮我转接人工客服吗',
    '有没有真人',
    '人工呢？',
    '找客服',
    'human',
    'Agent',
    'I want to talk to a person',
    'talk to a human please',
    'operator',
  ])('%s', (text) => expect(wantsHuman(text)).toBe(true));
  test.each([
    '怎么转人工客服',
    '人工客服几点上班',
    '人工服务收费吗',
    '我打电话转人工等了一个小时',
    '人工一直接不通怎么办',
    '不要转人工',
    '找客服要多久',
    '联系客服的电话',
    '你是人工客服吗',
    'how do I reach an agent',
  ])('not: %s', (text) => expect(wantsHuman(text)).toBe(false));
  test.each([
    '转人工，我的电话13912345678',
    '你们没听懂，转人工',
    '不要机器人，我要人工',
    '说了半天还是不行 转人工',
    '怎么又停机了？转人工',
    'You don’t understand, I want to talk to a person',
  ])('beside other words: %s', (text) => expect(wantsHumanBesides(text)).toBe(true));
  test.each([
    '人工',
    '人工，几点上班？',
    '人工客服，怎么联系',
    '我打电话转人工，等了一个小时',
    '不要转人工，帮我查余额',
    'my agent at the store, he never calls',
  ])('not beside other words: %s', (text) => expect(wantsHumanBesides(text)).toBe(false));
});

describe('forms', () => {
  test.each([
    ['投诉', 'complaint'],
    ['我要投诉', 'complaint'],
    ['我要投诉你们乱扣费', 'complaint'],
    ['投诉，你们乱扣费', 'complaint'],
    ['报修', 'fault'],
    ['我要报修，家里宽带断了', 'fault'],
    ['留言/建单', 'message'],
    ['登记办理', 'change'],
    ['I want to complain', 'complaint'],
    ['report a fault', 'fault'],
  ])('%s', (text, form) => expect(startsForm(text)).toBe(form));
  test.each([
    '怎么投诉',
    '投诉渠道有哪些',
    '投诉电话',
    '投诉多久有结果？',
    '投诉进度',
    '宽带断网怎么办',
    '查话费',
  ])('not: %s', (text) => expect(startsForm(text)).toBeUndefined());
  test('the rest of the first sentence is kept for the form', () => {
    expect(withoutStart('我要投诉，你们乱扣费')).toBe('你们乱扣费');
    expect(withoutStart('投诉')).toBe('');
    expect(withoutStart('我要报修家里宽带断了')).toBe('家里宽带断了');
  });
});

test.each(['菜单', '主菜单', 'Menu', '0', '0.', '返回主菜单'])('menu: %s', (text) =>
  expect(wantsMenu(text)).toBe(true),
);

test.each([
  '查工单',
  '查一下我的工单',
  '工单进度',
  '我的投诉怎么样了',
  '我的报修到哪了？',
  'ticket status',
  'what is the status of my ticket?',
])('status: %s', (text) => expect(wantsStatus(text)).toBe(true));
test.each(['怎么查询投诉处理进度', '投诉', '我要投诉', '报修', '工单显示已办结但问题没解决'])(
  'no status: %s',
  (text) => expect(wantsStatus(text)).toBe(false),
);

test('in the queue', () => {
  for (const text of ['取消排队', '不等了', 'cancel waiting']) expect(leavesQueue(text)).toBe(true);
  for (const text of [
    '还要等多久',
    '前面还有几位',
    '排到第几位了',
    '轮到我了吗',
    'how long do I have to wait?',
  ])
    expect(asksPosition(text)).toBe(true);
  for (const text of ['我的号码是 13800138000', '快点']) expect(asksPosition(text)).toBe(false);
});

test.each([
  ['你好', 'customer.greeting'],
  ['您好！', 'customer.greeting'],
  ['hello', 'customer.greeting'],
  ['谢谢', 'customer.thanks'],
  ['好的，谢谢您', 'customer.thanks'],
  ['Thank you!', 'customer.thanks'],
  ['再见', 'customer.bye'],
  ['好的', 'customer.acknowledge'],
  ['你是机器人吗', 'customer.who'],
])('%s → %s', (text, key) => expect(smallTalk(text)).toBe(key));
test.each(['你好，查话费', '谢谢你们多扣我的钱', '号'])('not small talk: %s', (text) =>
  expect(smallTalk(text)).toBeUndefined(),
);

test('words or none', () => {
  for (const text of ['😀😀', '？？？', '。', '👍🏻', '']) expect(wordless(text)).toBe(true);
  for (const text of ['1', '好', 'é', '😀ok']) expect(wordless(text)).toBe(false);
});

test('a question or a statement', () => {
  for (const text of ['你们几点关门', '为什么扣我的钱', 'how long does it take', '多少钱'])
    expect(asks(text)).toBe(true);
  for (const text of ['上个月多扣了二十元', '家里断网三天了', 'The line is dead'])
    expect(asks(text)).toBe(false);
});

test.each([
  ['how much is 5G', 'en'],
  ['hello', 'en'],
  ['查5G', 'zh-CN'],
  ['5G', undefined],
  ['13800138000', undefined],
  ['😀', undefined],
  ['TS2026061061803399', undefined],
  ['iPhone15 esim', undefined],
  ['ok', undefined],
] as const)('language of %s: %s', (text, locale) => expect(languageOf(text)).toBe(locale));

test('nobody can keep the patterns busy', () => {
  const pieces = [
    '想要',
    '我',
    '要',
    '。',
    '谢谢',
    '转',
    '一下',
    '查',
    '！',
    '投诉',
    '1',
    ' ',
    'please ',
    'a',
    '我们现在',
    '请',
    'i want ',
  ];
  const readers = [
    wantsHuman,
    wantsMenu,
    startsForm,
    withoutStart,
    wantsStatus,
    leavesQueue,
    asksPosition,
    smallTalk,
    wordless,
    asks,
    languageOf,
  ];
  const began = performance.now();
  for (const piece of pieces)
    for (const end of ['', 'x', '投', '诉'])
      for (const length of [50, 4000]) {
        const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length - 1) + end;
        for (const read of readers) read(text);
      }
  expect(performance.now() - began).toBeLessThan(15_000);
});
