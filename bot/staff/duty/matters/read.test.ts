import { describe, expect, test } from 'vitest';
import { carrierIn, readMatter, splitSuggestion } from './read.ts';

const report = (text = '', more: object = {}) => ({ do: 'report', urgency: 'ordinary', text, ...more });

describe('what somebody says about reporting up', () => {
  test.each<[string, unknown]>([
    ['请示：幸福小区断网，建议先发公告', report('幸福小区断网，建议先发公告')],
    ['请示', report()],
    ['我要请示', report()],
    ['汇报一件事：耳机坏了', report('耳机坏了')],
    ['向主任请示：加人', report('加人', { to: '主任' })],
    ['请示林班长：加人', report('加人', { to: '林班长' })],
    ['加急请示：加人', report('加人', { urgency: 'urgent' })],
    ['紧急请示宋主任：机房起火', report('机房起火', { urgency: 'emergency', to: '宋主任' })],
    ['越级请示主任：机房起火', report('机房起火', { urgency: 'emergency', to: '主任' })],
    ['report: no network', report('no network')],
    ['Emergency report to 4001: fire', report('fire', { urgency: 'emergency', to: '4001' })],
    ['我的请示', { do: 'list' }],
    ['待我批示', { do: 'list' }],
    ['批示 3：先发公告', { do: 'answer', no: 3, text: '先发公告' }],
    ['批示：先发公告', { do: 'answer', text: '先发公告' }],
    ['上报 #3', { do: 'pass', no: 3, text: '' }],
    ['上报', { do: 'pass', text: '' }],
    ['收到 3', { do: 'acknowledge', no: 3, text: '' }],
    ['保留意见 3：应先核实', { do: 'object', no: 3, text: '应先核实' }],
    ['办结 3：公告已发。', { do: 'done', no: 3, text: '公告已发' }],
    ['carried out 3: posted', { do: 'done', no: 3, text: 'posted' }],
  ])('%s', (text, expected) => expect(readMatter(text)).toEqual(expected));

  test.each(['报告厅在哪', '请假', '收到', '好的', '请示例一下', '批示', '办结', ''])('not: %s', (text) =>
    expect(readMatter(text)).toBeUndefined(),
  );

  test('not a pasted novel', () => expect(readMatter(`请示：${'汇'.repeat(3000)}`)).toBeUndefined());
});

test('the suggestion is what follows the word, not 建议 within another', () => {
  expect(splitSuggestion('断网，建议先发公告')).toEqual({ problem: '断网', suggestion: '先发公告' });
  expect(splitSuggestion('断网。我的建议是：先发公告')).toEqual({ problem: '断网', suggestion: '先发公告' });
  expect(splitSuggestion('no network, suggest a post')).toEqual({
    problem: 'no network',
    suggestion: 'a post',
  });
  expect(splitSuggestion('客户建议书丢了')).toEqual({ problem: '客户建议书丢了' });
  expect(splitSuggestion('建议加人')).toEqual({ problem: '', suggestion: '加人' });
});

test('who is to carry it out', () => {
  expect(carrierIn('先发公告，由沈佳怡负责')).toBe('沈佳怡');
  expect(carrierIn('请1003跟进')).toBe('1003');
  expect(carrierIn('先发公告')).toBeUndefined();
});
