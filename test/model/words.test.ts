import { expect, it } from 'vitest';
import { wordsOfText } from '../../src/model/words.ts';

it.each([
  ['Frost warning, for the_lower meadow!', ['frost', 'warning', 'for', 'the', 'lower', 'meadow']],
  ['Élan, ÉLAN, e\u0301lan', ['elan', 'elan', 'elan']],
  ['ΟΔΟΣ', ['οδοσ']],
  ['string_not_found x3', ['string', 'not', 'found', 'x3']],
  ['漢字 かな', ['漢字', 'かな']],
  ['', []],
  ['- \u0000 !', []],
])('%j has the words %j', (text, words) => {
  expect(wordsOfText(text)).toEqual(words);
});
