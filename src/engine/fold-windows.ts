import type { AnyExtractor } from '../model/extractor.ts';
import type { WindowReader } from '../model/source.ts';
import { CountedRows } from './counted-rows.ts';
import { breachOf } from './extractor-breach.ts';
import type { Folding } from './folding.ts';

/** Folds window after window; yields the number of rows of each. */
export function* foldWindows(extractor: AnyExtractor, reader: WindowReader, folding: Folding): Generator<number> {
  for (;;) {
    let rows = 0;
    const more = reader.readWindow((window) => {
      const counted = new CountedRows(window);
      for (const draft of extractor.extract(counted)) folding.add(draft);
      if (!counted.ended) throw breachOf(extractor, 'left rows unread');
      rows = counted.count;
    });
    if (!more) return;
    yield rows;
  }
}
