import fc from 'fast-check';

const NASTY = [
  '',
  ' ',
  '\n',
  '\t \r\n',
  '\0',
  '\u0085',
  '\u00a0',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u2028',
  '\u180e',
  '\u009f',
  'a:b',
  'a%3Ab',
  'a%253Ab',
  '%',
  ':',
  '::',
  'a,b',
  ',',
  'a\0b',
  ' a ',
  'a\u0085 \tb ',
  '\u00a0a\u3000',
  '\ufeffa\u200b',
  '\ufffd',
  'e\u0301',
  '😀',
  '\u{10ffff}',
  'unknown',
  'Unknown',
  'null',
  '0',
  '-1',
  '9223372036854775807',
  '"',
  '\\',
  '\u001b[31m',
  '\u202e',
  'K',
  'ß',
] as const;

/** Where names and properties are cut, in code points, and where ids are, in bytes. */
const CUTS = [50, 57, 60, 77, 80, 200, 440, 500, 512] as const;

/** A text about as long as one of the cuts, of narrow or wide characters, with something nasty near its end. */
const nearCut: fc.Arbitrary<string> = fc
  .record({
    cut: fc.constantFrom(...CUTS),
    less: fc.integer({ min: -4, max: 40 }),
    unit: fc.constantFrom('a', 'é', '漢', '😀', ' a', '%'),
    tail: fc.constantFrom('', ' ', '  x', '\n', '😀', '\u0085y', '\u3000', '%:', '...'),
  })
  .map(({ cut, less, unit, tail }) => unit.repeat(Math.max(0, cut - less)).slice(0, unit.length * cut) + tail);

/** Texts that are easily got wrong. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: nearCut },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(':', '%', '3', 'A', '2', '5', 'a'), maxLength: 6 }) },
);
