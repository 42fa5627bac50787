import type { AnyExtractor } from '../model/extractor.ts';
import type { Reading } from '../model/source.ts';
import { conditionOf } from './derivation-digest.ts';
import type { Workshop } from './workshop.ts';

/** What of a table an extractor reads. */
export function readingOf(extractor: AnyExtractor, { settings }: Pick<Workshop, 'settings'>): Reading {
  return { table: extractor.table, columns: extractor.columns, condition: conditionOf(extractor, settings) };
}
