import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Named, namesIn } from './names.ts';

const person = (number: string, name: string, team: string | null, role = 'agent'): Named => {
  return { id: number, number, name, teamId: team, teamName: team, role };
};
const DIRECTORY = [
  person('1001', '李伟', 'A'),
  person('1002', '李娜', 'B'),
  person('1003', '李伟明', 'B'),
  person('1004', '王芳', 'A'),
  person('1005', '王强', 'B'),
  person('1006', '张伟', 'A'),
  person('1007', '张伟', 'B'),
  person('1008', '欧阳雪', 'A'),
  person('1009', '陈國榮', 'B'),
  person('1010', 'Amy Wong', 'A'),
  person('1011', 'Bob', 'B'),
  person('1012', '周晓彤', 'A'),
  person('2001', '王建国', 'A', 'shift_leader'),
  person('2002', '赵敏', 'B', 'shift_leader'),
  person('3001', '石磊', null, 'engineer'),
  person('4001', '宋明哲', 'O', 'department_head'),
  person('7001', '李慧', 'O', 'supervisor'),
  person('7003', '韩立群', 'O', 'duty_manager'),
];
const me = { id: '1012', teamId: 'A' };
const read = (text: string) =>
  namesIn(text, DIRECTORY, me)
    .map(({ text: said, people }) => `${said}=${people.map(({ number }) => number).join('/')}`)
    .join(' ');

describe('colleagues in a sentence of Zhou, team A', () => {
  test.each([
    // By name; the longer name wins.
    ['后天夜班想跟李伟换一下', '李伟=1001'],
    ['想跟李伟明换班', '李伟明=1003'],
    ['李娜', '李娜=1002'],
    ['我想和王芳换班', '王芳=1004'],
    ['王芳和王强都行', '王芳=1004 王强=1005'],
    ['欧阳雪明天有空吗', '欧阳雪=1008'],
    ['找石磊看看', '石磊=3001'],
    ['宋明哲批了吗', '宋明哲=4001'],
    ['张伟', '张伟=1006/1007'],
    ['跟张伟换周六早班', '张伟=1006/1007'],
    // As they call each other; one's own team first, then by number.
    ['后天夜班想跟小李换一下', '小李=1001/1002/1003/7001'],
    ['小王能替我吗', '小王=1004/2001/1005'],
    ['老王', '老王=1004/2001/1005'],
    ['小张周五有空吗', '小张=1006/1007'],
    ['小陈', '小陈=1009'],
    ['跟小赵换', '小赵=2002'],
    ['小欧阳', '小欧阳=1008'],
    ['大刘', ''],
    ['小孙', ''],
    ['老韩在吗', '老韩=7003'],
    ['阿伟', '阿伟=1001/1006/1007'],
    ['阿芳姐', '阿芳=1004'],
    ['阿雪', '阿雪=1008'],
    // With a title; a post narrows it.
    ['王班长同意了', '王班长=2001'],
    ['赵班长', '赵班长=2002'],
    ['李主管', '李主管=7001'],
    ['宋主任', '宋主任=4001'],
    ['韩经理', '韩经理=7003'],
    ['韩值班经理', '韩值班经理=7003'],
    ['石工', '石工=3001'],
    ['李姐', '李姐=1001/1002/1003/7001'],
    ['张哥', '张哥=1006/1007'],
    ['欧阳姐', '欧阳姐=1008'],
    ['陈老师', '陈老师=1009'],
    ['小李姐', '小李姐=1001/1002/1003/7001'],
    ['王师傅', '王师傅=1004/2001/1005'],
    ['李班长', '李班长=1001/1002/1003/7001'],
    // Traditional characters, on either side.
    ['李偉', '李偉=1001'],
    ['跟張偉換班', '張偉=1006/1007'],
    ['陈国荣', '陈国荣=1009'],
    ['陳國榮', '陳國榮=1009'],
    ['王班長', '王班長=2001'],
    ['趙敏', '趙敏=2002'],
    ['歐陽雪', '歐陽雪=1008'],
    ['小陳', '小陳=1009'],
    // By number.
    ['1002', '1002=1002'],
    ['替1002请明天的病假', '1002=1002'],
    ['工号1005', '工号1005=1005'],
    ['工号：1005', '工号：1005=1005'],
    ['#1011', '#1011=1011'],
    ['１００２', '１００２=1002'],
    ['跟1004或者1005换', '1004=1004 1005=1005'],
    ['2026-10-01', ''],
    ['1234567', ''],
    ['9999', ''],
    ['10021', ''],
    ['1002元', ''],
    // In English.
    ['swap with Amy Wong on Friday', 'Amy Wong=1010'],
    ['amy wong', 'amy wong=1010'],
    ['AMY WONG please', 'AMY WONG=1010'],
    ['ask Bob', 'Bob=1011'],
    ['bobby', ''],
    ['swap my night shift with 1004', '1004=1004'],
    ['no. 1007', 'no. 1007=1007'],
    ["Bob's early shift", 'Bob=1011'],
    // Nobody.
    ['小时', ''],
    ['请两个小时假', ''],
    ['老师', ''],
    ['我自己周晓彤', ''],
    ['1012', ''],
    ['最小李子', ''],
    ['阿姨', ''],
    ['', ''],
    ['🙂', ''],
    ['我要请假', ''],
  ])('「%s」 → %s', (said, understood) => expect(read(said)).toBe(understood));
});

test('without a speaker everybody counts, by number', () => {
  const [mention] = namesIn('小王', DIRECTORY);
  expect(mention?.people.map(({ number }) => number)).toEqual(['1004', '1005', '2001']);
});

test('it never throws, names only people of the list, and says where they stand', () => {
  const bits = [
    '小',
    '老',
    '阿',
    '李',
    '王',
    '班长',
    '姐',
    '1001',
    '工号',
    '張',
    '#',
    'Bob',
    '欧阳',
    ' ',
    '（',
    '\ud842',
  ];
  const text = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary' })), { maxLength: 8 });
  const anybody = fc.record({
    id: fc.string(),
    number: fc.string(),
    name: fc.string({ unit: 'binary' }),
    teamId: fc.option(fc.string()),
    teamName: fc.constant(null),
    role: fc.string(),
  });
  fc.assert(
    fc.property(text, fc.array(anybody, { maxLength: 4 }), (words, strangers) => {
      const said = words.join('');
      const directory = [...DIRECTORY, ...strangers];
      let end = 0;
      for (const { index, text: named, people } of namesIn(said, directory, me)) {
        expect(said.slice(index, index + named.length)).toBe(named);
        expect(index).toBeGreaterThanOrEqual(end);
        expect(people.length).toBeGreaterThan(0);
        for (const each of people) expect(directory).toContain(each);
        end = index + named.length;
      }
    }),
    { numRuns: 500 },
  );
});
