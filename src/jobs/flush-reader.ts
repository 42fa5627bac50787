import { type ReadEvent, readFlushes } from '../engine/read-flushes.ts';
import type { ReadFlushes } from '../engine/workshop.ts';
import { moduleOf } from '../extractors/extractor-module.ts';
import { builtinExtractors } from '../extractors/index.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';
import { canReadInThread, readInThread } from './read-in-thread.ts';

/** From so many row ids on a thread of its own pays. */
const WORTH_A_THREAD = 200_000n;

/** Reads few rows in this thread, and many in another one beside it, where that can find the extractor. */
export function flushReaderOf(source: Source, windowRows: number | undefined): ReadFlushes {
  return async function* (extractor, reading, pace): AsyncGenerator<ReadEvent, void> {
    const { range } = reading;
    const isLong = range !== undefined && range.upTo - (range.after ?? 0n) >= WORTH_A_THREAD;
    if (isLong && isFindable(extractor)) {
      yield* readInThread(extractor, source, { windowRows, reading, pace });
    } else {
      yield* readFlushes(extractor, source.openReader(reading), pace);
    }
  };
}

/** Functions do not cross threads: the other one has to import the extractor for itself. */
function isFindable(extractor: AnyExtractor): boolean {
  return canReadInThread && (builtinExtractors.includes(extractor) || moduleOf(extractor) !== undefined);
}
