import { compareUtf8 as compare } from '../../model/text.ts';

/** Keys from one on, before another. */
export interface KeySpan {
  readonly from: string;
  readonly before: string;
}

/** After every text that there is. */
const END = '\u{10ffff}';
/** What keys of an origin begin with, and what follows every key that does, in the order of UTF-8 bytes. */
const MARK = '@';
const AFTER_MARK = 'A';

/**
 * The keys of one origin from one on, before another or up to its last one, as spans of all keys: those of no origin lie
 * before and after those that have one.
 */
export function spansOf(origin: string, from: string, before?: string): readonly KeySpan[] {
  const within = origin === '' ? [span('', MARK), span(AFTER_MARK, END)] : [span(`@${origin}:`, `@${origin};`)];
  return within
    .map((one) => ({
      from: later(one.from, from),
      before: before === undefined ? one.before : earlier(one.before, before),
    }))
    .filter((one) => compare(one.from, one.before) < 0);
}

const span = (from: string, before: string): KeySpan => ({ from, before });
const later = (a: string, b: string): string => (compare(a, b) >= 0 ? a : b);
const earlier = (a: string, b: string): string => (compare(a, b) <= 0 ? a : b);
