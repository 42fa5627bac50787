import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible, visibleJson } from '../../src/render/visible.ts';

const hostile = '\u001b[31m\u009b\r\n\u0000\u007f\u202e\u2066\u200b\u200d\ufeff\u2028\u{e0041}\ud800';

describe('visible', () => {
  it('shows what would act on a terminal or hide in it as code points', () => {
    expect(visible(hostile)).toBe(
      '\\u{1b}[31m\\u{9b}\\u{d}\\u{a}\\u{0}\\u{7f}\\u{202e}\\u{2066}\\u{200b}\\u{200d}\\u{feff}\\u{2028}\\u{e0041}\\u{d800}',
    );
  });

  it('leaves words, accents and emoji alone', () => {
    expect(visible('Zoë 日本 🍎 ❤️')).toBe('Zoë 日本 🍎 ❤️');
  });
});

describe('visibleJson', () => {
  it('keeps the value and leaves nothing raw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = visibleJson(JSON.stringify({ text: text + hostile }));
        expect(JSON.parse(json)).toEqual({ text: text + hostile });
        expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      }),
    );
  });
});
