import type { NodeFilter } from '../../model/search.ts';
import { wordsOfText } from '../../model/words.ts';

/** So many words tell enough; the nodes themselves are looked at for the others. */
const MOST_WORDS = 40;

/** What to ask `audit_words` for, of all that a node with these texts must have; undefined where that is no word at all. */
export function wordQuery({ text = '', tool = '', errorType = '' }: NodeFilter): string | undefined {
  const begins = wordsOfText(text).map((word) => `"${word}"*`);
  const whole = [tool, errorType].flatMap(wordsOfText).map((word) => `"${word}"`);
  const terms = [...new Set([...whole, ...begins])].slice(0, MOST_WORDS);
  return terms.length === 0 ? undefined : terms.join(' AND ');
}
