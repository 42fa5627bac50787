import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';

/** Whether runs of an extractor can go on where the last one ended: its table grows at the end, by row ids. */
export function canAppend(extractor: AnyExtractor, source: Source): boolean {
  return extractor.appended === true && source.rowIds(extractor.table) !== undefined;
}
