import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';

/** What cannot be looked up although its table is there; a table that is not is none the worse. */
export function lookupWarnings({ table, lookup }: AnyExtractor, source: Source): readonly string[] {
  if (lookup === undefined || !source.hasTable(lookup.table) || source.hasUniqueId(lookup.table)) return [];
  const { meaning = `${Object.keys(lookup.columns).join(', ')} of rows of ${table}` } = lookup;
  return [`table ${lookup.table} has no unique id, so ${meaning} are not known`];
}
