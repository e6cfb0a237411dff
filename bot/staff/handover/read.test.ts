import { expect, test } from 'vitest';
import { LOCALES, t } from '../../i18n/index.ts';
import { readHandover } from './read.ts';
import { SECTIONS } from './types.ts';

test.each<[string, ReturnType<typeof readHandover>]>([
  ['交接班', { do: 'show' }],
  ['handover', { do: 'show' }],
  ['写交接', { do: 'fill' }],
  ['写交接：设备正常', { do: 'write', section: 'equipment', text: '设备正常' }],
  [
    '写交接 上级指示：今天起夜间报修先电话核实',
    { do: 'write', section: 'instructions', text: '今天起夜间报修先电话核实' },
  ],
  ['写交接：一切正常', { do: 'write', text: '一切正常' }],
  // Speaks of two: it is asked.
  ['写交接：客户投诉流程', { do: 'write', text: '客户投诉流程' }],
  ['遗留问题：幸福小区宽带大面积断网', { do: 'item', text: '幸福小区宽带大面积断网' }],
  ['遗留问题', { do: 'items' }],
  ['关闭 #12：已抢修恢复', { do: 'close', no: 12, text: '已抢修恢复' }],
  ['关闭 #12', { do: 'close', no: 12, text: '' }],
  ['完成交接。', { do: 'complete' }],
  [
    '完成交接 019eb07d-e060-7ddd-b165-89247ce2477e',
    { do: 'complete', handoverId: '019eb07d-e060-7ddd-b165-89247ce2477e' },
  ],
  ['随便看看 019eb07d-e060-7ddd-b165-89247ce2477e', undefined],
  ['其余无', { do: 'nothingElse', complete: false }],
  ['其他都没有，完成交接', { do: 'nothingElse', complete: true }],
  ['其余无线网络故障请关注', undefined],
  ['接班', { do: 'takeOver' }],
  ['我来接班', { do: 'takeOver' }],
  ['确认 #12', { do: 'readBack', no: 12 }],
  ['复述 #12：幸福小区断网，等抢修', { do: 'readBack', no: 12 }],
  ['提问：抢修电话是多少？', { do: 'ask', text: '抢修电话是多少？' }],
  ['答复 3：8010 转 2', { do: 'answer', no: 3, text: '8010 转 2' }],
  ['放行唐雨菲：家中急事', { do: 'release', who: '唐雨菲', text: '家中急事' }],
  ['放行全部接班人', { do: 'release', text: '' }],
  ['放行全部：下一班停排', { do: 'release', text: '下一班停排' }],
  ['由1003顶班唐雨菲：家中急事', { do: 'standIn', standIn: '1003', who: '唐雨菲', text: '家中急事' }],
  ['由沈佳怡接替唐雨菲', { do: 'standIn', standIn: '沈佳怡', who: '唐雨菲', text: '' }],
  ['1003 stands in for 1005: ill', { do: 'standIn', standIn: '1003', who: '1005', text: 'ill' }],
  ['昨天夜里的交接记录', { do: 'past' }],
  ['handover of last night', { do: 'past' }],
  ['我后天想请一天事假', undefined],
  ['确认提交', undefined],
  ['交接完就走了吗', undefined],
  ['请放心，客户已经安抚好了', undefined],
  ['关闭', undefined],
])('%s', (said, read) => {
  expect(readHandover(said)).toEqual(read);
});

test.each(LOCALES)('every button leads to what it says (%s)', (locale) => {
  expect(readHandover(t(locale, 'handover.button_fill'))).toEqual({ do: 'fill' });
  expect(readHandover(t(locale, 'handover.button_complete'))).toEqual({ do: 'complete' });
  expect(readHandover(t(locale, 'handover.button_nothing_else'))).toEqual({
    ...{ do: 'nothingElse', complete: true },
  });
  expect(readHandover(t(locale, 'handover.button_accept'))).toEqual({ do: 'takeOver' });
  expect(readHandover(t(locale, 'handover.button_read_back', { no: 7 }))).toEqual({ do: 'readBack', no: 7 });
  expect(readHandover(t(locale, 'handover.button_release', { name: '1005' }))).toMatchObject({ who: '1005' });
  expect(readHandover(t(locale, 'handover.past_button', { at: '6月9日（周二）08:00' }))).toEqual({
    do: 'past',
  });
  for (const section of SECTIONS) {
    const label = t(locale, `handover.section_${section}`);
    const said = t(locale, 'handover.which_button', { section: label, text: '正常' });
    expect(readHandover(said), said).toEqual({ do: 'write', section, text: '正常' });
  }
});
