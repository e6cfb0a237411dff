import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { en as sitePage } from '../site/i18n/en.ts';
import { buildWidget } from './build.mjs';
import { en } from './i18n/en.ts';
import { fill, pickLocale } from './i18n/index.ts';
import { zhCN } from './i18n/zh-CN.ts';
import { readOptions } from './options.ts';
import { createBox, keyFor } from './storage.ts';

const folder = mkdtempSync(join(tmpdir(), 'widget-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the widget as it is delivered', () => {
  it('weighs at most 25 KB gzip, all in', async () => {
    const { gzipBytes, file } = await buildWidget(folder);
    expect(gzipBytes).toBeLessThanOrEqual(25 * 1024);
    const code = readFileSync(file, 'utf8');
    expect(code).toContain('adoptedStyleSheets');
    expect(code).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });

  it('reads its script tag', () => {
    const script = {
      src: 'https://chat.example/widget.js?v=1',
      dataset: { site: 'demo', open: '', position: 'left' },
    };
    expect(readOptions(script)).toMatchObject({
      origin: 'https://chat.example',
      site: 'demo',
      open: true,
      position: 'left',
    });
    expect(readOptions({ src: 'https://chat.example/widget.js', dataset: {} })).toMatchObject({
      open: false,
      position: 'right',
    });
  });
});

describe('its languages', () => {
  it('follow the tag, then the browser, then Chinese', () => {
    expect(pickLocale('en', 'zh-CN')).toBe('en');
    expect(pickLocale(undefined, 'fr', 'zh-TW', 'en')).toBe('zh-CN');
    expect(pickLocale('fr')).toBe('zh-CN');
  });

  it('have the same blanks to fill', () => {
    const blanks = (text: string) => text.match(/\{\w+\}/g) ?? [];
    for (const key of Object.keys(zhCN) as (keyof typeof zhCN)[])
      expect(blanks(en[key]), key).toEqual(blanks(zhCN[key]));
    expect(fill('{count} / {other}', { count: 3 })).toBe('3 / {other}');
  });

  it('of the demo page cover every text of it, and no other', () => {
    const page = readFileSync(new URL('../site/index.html', import.meta.url), 'utf8');
    const used = new Set([...page.matchAll(/data-t(?:-label)?="([^"]+)"/g)].map((match) => match[1]));
    const written = Object.keys(sitePage).filter((key) => !key.startsWith('ask:'));
    expect(written.sort()).toEqual([...used].sort());
    const asks = [...page.matchAll(/data-ask="[^"]+" data-t="([^"]+)"/g)].map((match) => `ask:${match[1]}`);
    expect(
      Object.keys(sitePage)
        .filter((key) => key.startsWith('ask:'))
        .sort(),
    ).toEqual(asks.sort());
  });
});

describe('what it keeps', () => {
  it('works where the browser forbids storage', () => {
    const box = createBox(() => {
      throw new Error('SecurityError');
    });
    box.set('k', { a: 1 });
    expect(box.get('k')).toEqual({ a: 1 });
    box.remove('k');
    expect(box.get('k')).toBeUndefined();
  });

  it('is apart for each signed-in user of the same browser', () => {
    const token = (sub: string) => `x.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.y`;
    expect(keyFor('demo', token('张三'))).not.toBe(keyFor('demo', token('李四')));
    expect(keyFor('demo', token('a'))).not.toBe(keyFor('demo', undefined));
    expect(() => keyFor('demo', 'no token at all')).not.toThrow();
  });
});
