import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkWording, render, variablesIn, WordingError, wordingFor } from './wording.ts';

const centre = { hotline: '1002026' };

describe('approved wording', () => {
  it('reaches the customer with the variables filled in', () => {
    expect(render('拨打{hotline}转人工，或发 YE 到{hotline}。', centre)).toBe(
      '拨打1002026转人工，或发 YE 到1002026。',
    );
  });

  it('uses the short form for SMS, and the body where the editors wrote none', () => {
    const wording = { body: '**套餐**见掌厅，或拨{hotline}', sms: '详询{hotline}' };
    expect(wordingFor(wording, 'sms', centre)).toBe('详询1002026');
    expect(wordingFor(wording, 'markdown', centre)).toBe('**套餐**见掌厅，或拨1002026');
    expect(wordingFor({ body: '详询{hotline}', sms: '  ' }, 'sms', centre)).toBe('详询1002026');
  });

  it('cannot be published with a variable that the centre does not have', () => {
    const publish = () => checkWording(['{hotline} 菜单', null, '见{website}或{shop}'], centre);
    expect(publish).toThrow(WordingError);
    try {
      publish();
    } catch (error) {
      expect(error).toMatchObject({ code: 'unknown_variable', names: ['website', 'shop'] });
    }
    expect(() => checkWording(['拨{hotline}', undefined], centre)).not.toThrow();
  });

  it('leaves a variable out that was removed after publishing, rather than show the placeholder', () => {
    expect(render('Call us on {hotline} or {shop} today.', centre)).toBe('Call us on 1002026 or today.');
  });

  it('does not take names of built-in properties for variables', () => {
    expect(render('a {constructor} b', centre)).toBe('a b');
    expect(() => checkWording(['{toString}'], centre)).toThrow(WordingError);
  });

  it('does not touch braces that are no variable', () => {
    expect(render('{"a":1} {2} {} {Hotline}', centre)).toBe('{"a":1} {2} {} {Hotline}');
  });

  it('never shows a placeholder and never throws, whatever the text', () => {
    const piece = fc.constantFrom('{hotline}', '{gone}', '{', '}', ' ', '中', '$&', '{{hotline}}');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const shown = render(pieces.join(''), centre);
        expect(variablesIn(shown)).toEqual([]);
      }),
    );
  });
});
