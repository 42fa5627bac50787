import type { FlushReading, ReadingDesk } from '../engine/flush-reading.ts';
import { readFlushes } from '../engine/read-flushes.ts';
import type { OpenFlushes } from '../engine/workshop.ts';
import { moduleOf } from '../extractors/extractor-module.ts';
import { builtinExtractors } from '../extractors/index.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { KeptFields } from '../model/leaf.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import { canReadInThread, ReadThread } from './read-thread.ts';

/** From so many row ids on a thread of its own pays. */
const WORTH_A_THREAD = 200_000n;

/** How a source is read, and what its nodes are made for. */
export interface FlushReaderOptions {
  readonly windowRows: number | undefined;
  readonly waitMs: number | undefined;
  /** The fields of a node that the target keeps. */
  readonly kept: KeptFields;
  /** What the source's redactor was made of. */
  readonly redaction: RedactionSettings;
}

/** Reads few rows in this thread, and many in another one beside it, where that can find the extractor. */
export function flushReaderOf(desk: ReadingDesk, how: FlushReaderOptions): OpenFlushes {
  return (extractor, reading, pace): FlushReading => {
    const { after = 0n, upTo } = reading.range;
    if (upTo - after >= WORTH_A_THREAD && isFindable(extractor)) {
      return new ReadThread(extractor, desk.source, { ...how, reading, pace });
    }
    return {
      isBeside: false,
      events: async function* () {
        yield* readFlushes(extractor, desk, reading, pace);
      },
      close: async () => {},
    };
  };
}

/** Functions do not cross threads: the other one has to import the extractor for itself. */
function isFindable(extractor: AnyExtractor): boolean {
  return (
    canReadInThread &&
    (builtinExtractors.some(({ name }) => name === extractor.name) || moduleOf(extractor) !== undefined)
  );
}
