import type { Entry } from '../model/entry.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { WindowReader } from '../model/source.ts';
import { foldWindows } from './fold-windows.ts';
import { Folding, type NotFolded } from './folding.ts';
import { inKeyOrder } from './key-order.ts';
import { foldedToEntry } from './to-entry.ts';

/** What comes out of a table that is read in row order: news of each window, and now and then what was folded. */
export type ReadEvent =
  | { readonly type: 'window'; readonly rows: number; readonly progress: number }
  /** Some entries of the flush of the rows up to `upTo`. */
  | { readonly type: 'entries'; readonly entries: readonly Entry[]; readonly upTo: bigint }
  | ({ readonly type: 'flushed' } & Flushed);

/** The end of a flush: all entries of the rows up to `upTo` have been handed out. */
export interface Flushed extends NotFolded {
  readonly upTo: bigint;
  readonly rows: number;
}

/** When to hand out what is folded. */
export interface FlushPace {
  /** The last row to be read. */
  readonly upTo: bigint;
  /** Reading goes on for so long before there is a flush, at the most: a run that is killed loses no more than that. */
  readonly everyMs: number;
}

/** Entries handed out at once: a message between threads must not be large. */
const ENTRIES_AT_ONCE = 5000;

/** Reads windows, folds them, and hands out the entries of a flush in the order of keys, by UTF-8 bytes. */
export function* readFlushes(extractor: AnyExtractor, reader: WindowReader, pace: FlushPace): Generator<ReadEvent> {
  const folding = new Folding(extractor);
  let rows = 0;
  let since = performance.now();
  for (const count of foldWindows(extractor, reader, folding)) {
    rows += count;
    yield { type: 'window', rows: count, progress: reader.progress };
    const isDue = folding.isFull || performance.now() - since > pace.everyMs;
    if (!isDue || reader.position === undefined) continue;
    yield* flush(extractor, folding, { upTo: reader.position, rows });
    rows = 0;
    since = performance.now();
  }
  yield* flush(extractor, folding, { upTo: pace.upTo, rows });
}

function* flush(
  extractor: AnyExtractor,
  folding: Folding,
  { upTo, rows }: Pick<Flushed, 'upTo' | 'rows'>,
): Generator<ReadEvent> {
  const folded = folding.take();
  let entries: Entry[] = [];
  for (const key of inKeyOrder([...folded.keys()])) {
    const draft = folded.get(key);
    if (draft === undefined) continue;
    entries.push(foldedToEntry(extractor, key, draft));
    if (entries.length < ENTRIES_AT_ONCE) continue;
    yield { type: 'entries', entries, upTo };
    entries = [];
  }
  if (entries.length > 0) yield { type: 'entries', entries, upTo };
  yield { type: 'flushed', upTo, rows, ...folding.takeCounts() };
}
