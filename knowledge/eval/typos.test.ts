import { describe, expect, it } from 'vitest';
import { sound } from '../retrieval/pinyin.ts';
import { mistyped, withHomophones } from './typos.ts';

const changed = (before: string, after: string): number =>
  [...before].filter((character, i) => character !== [...after][i]).length;

describe('homophone typos', () => {
  it('replace as many characters as asked by others that sound alike, always the same ones', () => {
    const text = '怎样查询套餐剩余流量和通话时长？';
    const typed = withHomophones(text, 3);
    expect(changed(text, typed)).toBe(3);
    expect(typed).toHaveLength(text.length);
    expect(withHomophones(text, 3)).toBe(typed);
    expect(withHomophones(text, 0)).toBe(text);
  });

  it('stop where nothing sounds alike', () => {
    expect(withHomophones('5G plan? 😀', 3)).toBe('5G plan? 😀');
    expect(changed('查', withHomophones('查', 3))).toBe(1);
    expect(sound['查'.charCodeAt(0)]).toBe(sound['茶'.charCodeAt(0)]);
  });

  it('leave the labels of questions alone', () => {
    const question = { text: '话费', gold: ['a'], kind: 'plain' };
    expect(mistyped([question], 2)[0]).toMatchObject({ gold: ['a'], kind: 'plain' });
  });
});
