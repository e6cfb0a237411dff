import { describe, expect, test } from 'vitest';
import { toFailure } from './errors.ts';

const thrown = (code: string, status: number) => Object.assign(new Error(`raw: ${code}`), { code, status });

describe('what the product refuses', () => {
  test.each([
    ['already_decided', 409, 'AlreadyDecided', '已经处理过了。', 'This has been decided already.'],
    [
      'not_current_approver',
      403,
      'NotCurrentApprover',
      '现在轮到其他人审批。',
      'It is somebody else’s turn to decide this.',
    ],
    ['not_found', 404, 'NotFound', '内容已不存在。', 'This is no longer here.'],
    ['of_tomorrow', 422, 'OfTomorrow', '现在不能进行此操作。', 'This can’t be done right now.'],
  ])('%s is said in the language of whoever asks', (code, status, wireCode, chinese, english) => {
    for (const [language, message] of [
      ['zh-CN,zh;q=0.9', chinese],
      ['en-GB', english],
      [undefined, english],
    ] as const)
      expect(toFailure(thrown(code, status), language)).toEqual({
        ...{ status, body: { error: { code: wireCode, message } }, unforeseen: false },
      });
  });

  test('a fault says nothing of itself', () => {
    const { body } = toFailure(thrown('internal', 500), 'zh');
    expect(body.error).toEqual({ code: 'ServiceError', message: '系统出了点问题，请稍后重试。' });
  });
});
