import type { AnyExtractor } from '../model/extractor.ts';
import { inBatches } from './batches.ts';
import type { FlushPace, RangeReading, ReadingDesk } from './flush-reading.ts';
import { Gathering } from './gathering.ts';
import { ENTRIES_AT_ONCE, type ReadEvent } from './read-event.ts';

/** Reads what has to come as one flush, however large it is: all rows are folded on disk first. */
export function* readOnDisk(
  extractor: AnyExtractor,
  { source, openStaging }: ReadingDesk,
  reading: RangeReading,
  { afterKey, wanted }: Pick<FlushPace, 'afterKey' | 'wanted'>,
): Generator<ReadEvent> {
  const { upTo } = reading.range;
  const reader = source.openReader(reading);
  const gathering = new Gathering(extractor, openStaging);
  try {
    for (const rows of gathering.read(reader, { isKnown: false, afterKey, wanted })) {
      yield { type: 'window', rows, progress: reader.progress };
    }
    for (const entries of inBatches(gathering.entries(), ENTRIES_AT_ONCE)) yield { type: 'entries', entries, upTo };
    yield { type: 'flushed', upTo, rows: gathering.rows, ...gathering.notFolded };
  } finally {
    gathering.close();
  }
}
