import type { AnyExtractor, Condition, ExtractorSettings } from '../model/extractor.ts';
import type { Reading } from '../model/source.ts';
import type { Workshop } from './workshop.ts';

/** Which rows an extractor wants. */
export function conditionOf(extractor: AnyExtractor, settings: ExtractorSettings): Condition {
  return extractor.where?.(settings) ?? { sql: 'TRUE', parameters: [] };
}

/** What of a table an extractor reads. */
export function readingOf(extractor: AnyExtractor, { settings }: Pick<Workshop, 'settings'>): Reading {
  const { table, columns, lookup } = extractor;
  return { table, columns, condition: conditionOf(extractor, settings), lookup };
}
