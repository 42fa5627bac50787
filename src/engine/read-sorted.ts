import type { Entry } from '../model/entry.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { RowRange, SortingReader } from '../model/source.ts';
import { breachOf } from './extractor-breach.ts';
import type { FlushPace } from './flush-reading.ts';
import { foldWindows } from './fold-windows.ts';
import { type Folded, Folding } from './folding.ts';
import { isAfter } from './key-order.ts';
import type { ReadEvent } from './read-event.ts';
import { foldedToEntry } from './to-entry.ts';

/** The share of a flush's work that is behind once its rows are kept, before they are sorted and folded. */
const SHARE_OF_TAKING = 0.5;

/** Takes rows in for a while, then folds them in the order of their keys, which needs no more memory than a few keys. */
export function* readSorted(
  extractor: AnyExtractor,
  reader: SortingReader,
  range: RowRange,
  pace: FlushPace,
): Generator<ReadEvent> {
  let { after } = range;
  for (let behind = 0; after === undefined || after < range.upTo; behind = reader.progress) {
    const { rows, upTo } = yield* take(reader, range.upTo, pace, behind);
    const toward = (share: number) =>
      behind + (reader.progress - behind) * (SHARE_OF_TAKING + (1 - SHARE_OF_TAKING) * share);
    const folding = new Folding(extractor);
    const ascending = new AscendingEntries(extractor, pace);
    let folded = 0;
    for (const count of foldWindows(extractor, reader.openSorted(), folding)) {
      folded += count;
      yield { type: 'window', rows: 0, progress: toward(folded / rows) };
      yield* entriesOf(ascending.add(folding.takeAllButLast()), upTo);
    }
    yield* entriesOf(ascending.add(folding.take()), upTo);
    yield { type: 'flushed', upTo, rows, ...folding.takeCounts() };
    after = upTo;
  }
}

function* take(
  reader: SortingReader,
  lastRow: bigint,
  pace: FlushPace,
  behind: number,
): Generator<ReadEvent, { readonly rows: number; readonly upTo: bigint }> {
  const started = performance.now();
  let rows = 0;
  for (;;) {
    const count = reader.takeWindow();
    if (count === undefined) return { rows, upTo: lastRow };
    rows += count;
    yield { type: 'window', rows: count, progress: behind + (reader.progress - behind) * SHARE_OF_TAKING };
    const isDue = performance.now() - started > pace.everyMs && pace.afterKey === undefined;
    if (isDue && reader.position !== undefined) return { rows, upTo: reader.position };
  }
}

function* entriesOf(entries: readonly Entry[], upTo: bigint): Generator<ReadEvent> {
  if (entries.length > 0) yield { type: 'entries', entries, upTo };
}

/** Makes entries, and sees to it that they come in the order that a flush promises. */
class AscendingEntries {
  readonly #extractor: AnyExtractor;
  readonly #pace: FlushPace;
  #last: string | undefined;

  constructor(extractor: AnyExtractor, pace: FlushPace) {
    this.#extractor = extractor;
    this.#pace = pace;
  }

  add(folded: ReadonlyMap<string, Folded>): readonly Entry[] {
    const { afterKey, wanted } = this.#pace;
    const entries: Entry[] = [];
    for (const [key, draft] of folded) {
      if (!isAfter(key, this.#last)) throw breachOf(this.#extractor, 'made a key of more than its key columns');
      this.#last = key;
      if (isAfter(key, afterKey) && wanted?.has(key) !== false)
        entries.push(foldedToEntry(this.#extractor, key, draft));
    }
    return entries;
  }
}
