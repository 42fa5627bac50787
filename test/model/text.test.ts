import { describe, expect, it } from 'vitest';
import { compareUtf8, ellipsize, firstCodePoints, oneLine } from '../../src/model/text.ts';

describe('oneLine', () => {
  it.each([
    ['a tab and line feeds', 'plant\t\n\r\nwater', 'plant water'],
    ['blanks at the ends', ' \u00a0plum\u3000 ', 'plum'],
    ['controls of both sets', 'a\u0000b\u0085c\u009bd', 'a b c d'],
    ['no zero-width space, which is not White_Space', 'a\u200bb', 'a\u200bb'],
    ['no byte order mark, which is not White_Space', '\ufeffa', '\ufeffa'],
  ])('turns into single spaces %s', (_, text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  it.each([null, undefined, '', ' ', '\n\u0085\u2003'])('takes %j as absent', (text) => {
    expect(oneLine(text)).toBeUndefined();
  });
});

describe('cutting', () => {
  it('counts code points and never splits a pair', () => {
    expect(firstCodePoints('🍎🍐🍑', 2)).toBe('🍎🍐');
    expect(firstCodePoints('🍎🍐', 2)).toBe('🍎🍐');
  });

  it('puts three dots only where something is cut', () => {
    expect(ellipsize('🍎'.repeat(60), 60)).toBe('🍎'.repeat(60));
    expect(ellipsize('🍎'.repeat(61), 60)).toBe(`${'🍎'.repeat(57)}...`);
  });
});

describe('compareUtf8', () => {
  it('orders as the bytes do, also above the surrogates', () => {
    const texts = ['', 'a', 'a\u0000', 'b', 'é', '\ud7ff', '\uf8ff', '\ufffd', '\u{10000}', '🍎', '🍎a'];
    const byBytes = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(texts.toReversed().toSorted(compareUtf8)).toEqual(byBytes);
  });
});
