import type { AnyExtractor } from '../model/extractor.ts';
import type { WindowReader } from '../model/source.ts';
import { inBatches } from './batches.ts';
import type { FlushPace } from './flush-reading.ts';
import { foldWindows } from './fold-windows.ts';
import { type Folded, Folding } from './folding.ts';
import { inKeyOrder } from './key-order.ts';
import { ENTRIES_AT_ONCE, type ReadEvent } from './read-event.ts';
import { foldedToEntry } from './to-entry.ts';

/** Folds window after window in memory, and hands the entries out when they are many, or it is time. */
export function* readInRowOrder(
  extractor: AnyExtractor,
  reader: WindowReader,
  lastRow: bigint,
  { everyMs }: FlushPace,
): Generator<ReadEvent> {
  const folding = new Folding(extractor);
  let rows = 0;
  let since = performance.now();
  const flush = function* (upTo: bigint): Generator<ReadEvent> {
    for (const entries of inBatches(sortedEntries(extractor, folding.take()), ENTRIES_AT_ONCE)) {
      yield { type: 'entries', entries, upTo };
    }
    yield { type: 'flushed', upTo, rows, ...folding.takeCounts() };
    rows = 0;
    since = performance.now();
  };
  for (const count of foldWindows(extractor, reader, folding)) {
    rows += count;
    yield { type: 'window', rows: count, progress: reader.progress };
    const isDue = folding.isFull || performance.now() - since > everyMs;
    if (isDue && reader.position !== undefined) yield* flush(reader.position);
  }
  yield* flush(lastRow);
}

function* sortedEntries(extractor: AnyExtractor, folded: ReadonlyMap<string, Folded>) {
  for (const key of inKeyOrder([...folded.keys()])) {
    const draft = folded.get(key);
    if (draft !== undefined) yield foldedToEntry(extractor, key, draft);
  }
}
