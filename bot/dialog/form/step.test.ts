import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../policy/default.ts';
import { type Form, type FormContext, type FormState, open, type Step, step } from './index.ts';
import { aside, reads } from './step.ts';

const { policy } = defaultPolicy();
const NOON = Date.parse('2026-06-10T12:00+08:00');
const at = (minutes = 0): FormContext => ({ now: NOON + minutes * 60_000, locale: 'zh-CN', policy });

// A form with everything: options, free text, a strict field, one that only some values ask for, one that may be
// skipped, and a rule over two fields.
const form: Form = {
  name: 'order',
  title: 'leave.kind_study',
  fields: [
    {
      key: 'kind',
      label: 'leave.kind_personal',
      ask: () => '哪一种？',
      options: () => [
        { title: '茶', value: 'tea' },
        { title: '咖啡', value: 'coffee' },
      ],
    },
    {
      key: 'sugar',
      label: 'leave.kind_special',
      ask: () => '几块糖？',
      when: (values) => values.kind === 'coffee',
      parse: (text) => (/^\d$/.test(text) ? { value: Number(text) } : { problem: '请回复一个数字。' }),
    },
    {
      key: 'note',
      label: 'leave.kind_sick',
      ask: () => '有什么要求？',
      free: true,
      parse: (text) => (text.trim().length > 1 ? { value: text.trim() } : { problem: '请多写几个字。' }),
    },
    {
      key: 'time',
      label: 'leave.kind_official',
      ask: () => '几点？',
      optional: true,
      parse: (text) =>
        /^\d+点$/.test(text) ? { value: text, echo: `记下了${text}` } : { problem: '请回复几点。' },
    },
  ],
  fromSentence: (text) => {
    const kind = /茶|咖啡/.exec(text)?.[0];
    const time = /\d+点/.exec(text)?.[0];
    return { ...(kind && { kind }), ...(time && { time }) };
  },
  check: ({ sugar }) => (sugar === 9 ? { field: 'sugar', problem: '最多 8 块。' } : undefined),
};

/** Plays messages, one a minute unless said otherwise; ends where the form ends. */
function play(...messages: (string | number)[]): Step {
  let now = 0;
  let last = open(form, 'v1', at());
  for (const message of messages) {
    if (typeof message === 'number') now += message;
    else if (last.state) last = step(form, last.state, message, at(++now));
  }
  return last;
}

const words = (s: Step) => s.say.map((said) => said.text).join('\n');
const titles = (s: Step) => s.say.at(-1)?.options?.map((option) => option.title);

describe('filling in', () => {
  test('asks what is missing, shows the summary, hands in once confirmed', () => {
    const summary = play('2', '3', '少放冰', '8点');
    expect(summary.say[0]?.summary?.facts.map((fact) => fact.value)).toEqual([
      'coffee',
      '3',
      '少放冰',
      '8点',
    ]);
    expect(titles(summary)).toEqual(['确认提交', '修改', '取消']);
    const done = play('2', '3', '少放冰', '8点', '确认提交');
    expect(done).toMatchObject({ result: 'done', state: null });
    expect(done.values).toEqual({ kind: 'coffee', sugar: 3, note: '少放冰', time: '8点' });
  });

  test('takes what the first sentence says already', () => {
    const begun = open(form, 'v1', at(), '来一杯茶，3点');
    expect(begun.state).toMatchObject({ at: 'note', values: { kind: 'tea', time: '3点' } });
    expect(words(begun)).toContain('记下了3点');
  });

  test('a field that does not apply is neither asked nor handed in', () => {
    expect(play('茶').state?.at).toBe('note');
    const changed = play('咖啡', '3', '少放冰', '跳过', '修改', '1', '茶', '确认提交');
    expect(changed.values).toEqual({ kind: 'tea', note: '少放冰', time: null });
  });

  test('says what is wrong and asks again; after three times a person should be offered', () => {
    const once = play('可乐');
    expect(words(once)).toContain('请从下面选一项');
    expect([once.stuck, play('可乐', '可乐').stuck, play('可乐', '可乐', '可乐').stuck]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('what the rules object to is asked again and never handed in', () => {
    const objected = play('咖啡', '9');
    expect(objected.state?.at).toBe('sugar');
    expect(words(objected)).toContain('最多 8 块');
    expect(play('咖啡', '9', '确认提交', '保持不变').state?.at).toBe('sugar');
    expect(play('咖啡', '9', '4').state).toMatchObject({ at: 'note', values: { sugar: 4 } });
  });
});

describe('commands at any moment', () => {
  test('取消 ends it with nothing handed in', () => {
    expect(play('茶', '少放冰', '取消')).toMatchObject({ state: null, result: 'cancelled' });
  });

  test('返回上一步 asks the field before, and keeps what it holds', () => {
    const back = play('茶', '少放冰', '返回上一步');
    expect(back.state).toMatchObject({ at: 'note', values: { note: '少放冰' } });
    expect(words(back)).toContain('少放冰');
    expect(play('茶', '少放冰', '返回上一步', '保持不变').state?.at).toBe('time');
    expect(words(play('返回'))).toContain('第一项');
  });

  test('修改 asks which field, 修改X goes there at once, and the summary follows', () => {
    const which = play('茶', '少放冰', '跳过', '修改');
    expect(titles(which)).toEqual(['事假', '病假', '公出']);
    const changed = play('茶', '少放冰', '跳过', '修改病假', '多放冰');
    expect(changed.state).toMatchObject({ phase: 'confirming', values: { note: '多放冰' } });
  });

  test('重新开始 forgets everything', () => {
    expect(play('茶', '少放冰', '重新开始').state).toMatchObject({ at: 'kind', values: {} });
  });

  test('提交 before the end says that something is missing', () => {
    const early = play('茶', '提交');
    expect(words(early)).toContain('还没有填完');
    expect(early.state?.at).toBe('note');
  });

  test('a command inside a longer sentence is an answer', () => {
    expect(play('茶', '我想取消上次的订单').state?.values.note).toBe('我想取消上次的订单');
  });
});

describe('time', () => {
  test('after half an hour it asks whether to go on, and does', () => {
    const asleep = play('茶', 31, '少放冰');
    expect(words(asleep)).toBe('您上次的外出学习还没填完，继续吗？');
    const resumed = play('茶', 31, '你好', '继续填写');
    expect(resumed.state).toMatchObject({ at: 'note', phase: 'asking', values: { kind: 'tea' } });
  });

  test('what was said to the sleeping form counts where nothing else can be meant', () => {
    expect(play(31, '咖啡', '好的').state).toMatchObject({ at: 'sugar', values: { kind: 'coffee' } });
  });

  test('something else parks it; the message is handed back; 继续 takes it up', () => {
    const parked = play('茶', 31, '你好', '套餐多少钱');
    expect(parked).toMatchObject({ rest: '套餐多少钱', say: [], state: { phase: 'parked' } });
    expect(play('茶', 31, '你好', '套餐多少钱', '好的').rest).toBe('好的');
    expect(play('茶', 31, '你好', '套餐多少钱', '继续').state?.at).toBe('note');
  });

  test('declined, the message that woke it is handed back', () => {
    expect(play('茶', 31, '套餐多少钱', '不用了')).toMatchObject({ result: 'cancelled', rest: '套餐多少钱' });
  });

  test('a day later it is forgotten', () => {
    expect(play('茶', 25 * 60, '你好')).toMatchObject({ state: null, result: 'expired', rest: '你好' });
  });

  test('the button pressed late still hands in', () => {
    expect(play('茶', '少放冰', '跳过', 45, '确认提交').result).toBe('done');
  });
});

test('a question answered in between leads back, and may still be taken as the answer', () => {
  const asking = play('茶').state as FormState;
  expect(reads(form, asking, '你们几点关门？', at(1))).toBe('free');
  const back = aside(form, asking, '你们几点关门？', at(1));
  expect(titles(back)).toEqual(['用这句话']);
  const used = step(form, back.state as FormState, '用这句话', at(2));
  expect(used.state).toMatchObject({ at: 'time', values: { note: '你们几点关门？' } });
  for (const elsewhere of ['返回', '重新开始', '修改病假']) {
    const left = step(form, back.state as FormState, elsewhere, at(2));
    expect(titles(left)).not.toContain('用这句话');
  }
});

const message = fc.oneof(
  fc.constantFrom(
    '茶',
    '咖啡',
    '1',
    '2',
    '3',
    '9',
    '少放冰',
    '8点',
    '好的',
    '不',
    '用这句话',
    '保持不变',
    '跳过',
  ),
  fc.constantFrom('返回', '修改', '修改病假', '重新开始', '继续', '确认提交', '提交', '放弃'),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const deed = fc.record({
  message,
  minutes: fc.constantFrom(0, 1, 5, 40),
  question: fc.boolean(),
});

test('whatever is said: no throw, nothing filled is lost, done only by a confirmation of the summary', () => {
  const forgetting = /^(取消|放弃|重新开始|cancel|discard)/;
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 25 }), (deeds) => {
      let last: Step = open(form, 'v1', at());
      let minutes = 0;
      for (const { message, minutes: later, question } of deeds) {
        if (!last.state) break;
        const before = structuredClone(last.state);
        minutes += later;
        const answer = question && last.state.phase === 'asking' ? aside : step;
        const after = answer(form, last.state, message, at(minutes));
        expect(last.state).toEqual(before);
        expect(JSON.parse(JSON.stringify(after.state))).toEqual(after.state);
        if (after.result === 'done') {
          expect(before.phase === 'confirming').toBe(true);
          expect(after.values?.sugar).not.toBe(9);
          for (const key of ['kind', 'note', 'time']) expect(after.values).toHaveProperty(key);
        }
        if (after.state && !forgetting.test(message))
          for (const key of Object.keys(before.values)) expect(after.state.values).toHaveProperty(key);
        if (after.state === null) expect(after.result).toBeDefined();
        // Whoever is asked something is told so, unless the message is somebody else's to answer.
        if (after.state && after.rest === undefined) expect(after.say.length).toBeGreaterThan(0);
        last = after;
      }
    }),
    { numRuns: 2000 },
  );
});
