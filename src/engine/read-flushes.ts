import type { AnyExtractor } from '../model/extractor.ts';
import type { FlushPace, RangeReading, ReadingDesk } from './flush-reading.ts';
import type { ReadEvent } from './read-event.ts';
import { readInRowOrder } from './read-in-row-order.ts';
import { readOnDisk } from './read-on-disk.ts';
import { readSorted } from './read-sorted.ts';

/** Reads a range and folds it, flush by flush, in whatever way costs least. */
export function* readFlushes(
  extractor: AnyExtractor,
  desk: ReadingDesk,
  reading: RangeReading,
  pace: FlushPace,
): Generator<ReadEvent> {
  const { keyColumns, prefix } = extractor;
  const { range } = reading;
  const reader = keyColumns && desk.source.openSortingReader(reading, { prefix, columns: keyColumns });
  if (reader === undefined) {
    if (pace.afterKey === undefined)
      yield* readInRowOrder(extractor, desk.source.openReader(reading), range.upTo, pace);
    else yield* readOnDisk(extractor, desk, reading, pace);
    return;
  }
  try {
    yield* readSorted(extractor, reader, range, pace);
  } finally {
    reader.close();
  }
}
