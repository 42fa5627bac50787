import type { AnyExtractor } from '../model/extractor.ts';
import { beginOf } from '../model/key.ts';
import { moduleOf, rememberModule } from './extractor-module.ts';

/**
 * An extractor for the rows of one source of several: what it says is the same, and its keys begin with the origin. Without
 * one it is the extractor itself. Functions are called on the object that their author made.
 */
export function withOrigin(extractor: AnyExtractor, origin: string | undefined): AnyExtractor {
  if (origin === undefined) return extractor;
  const { name, version, summary, subtype, table, columns, fold } = extractor;
  const { lookup, appended, keyColumns, keyParts, watch, cutLists } = extractor;
  const placed: AnyExtractor = {
    ...{ name, version, summary, subtype, table, columns },
    prefix: beginOf(origin) + extractor.prefix,
    ...(lookup && { lookup }),
    ...(appended !== undefined && { appended }),
    ...(keyColumns && { keyColumns }),
    ...(keyParts && { keyParts }),
    ...(watch && { watch }),
    ...(cutLists && { cutLists }),
    ...(fold && { fold }),
    ...(extractor.where && { where: (settings) => extractor.where?.(settings) ?? { sql: 'TRUE', parameters: [] } }),
    extract: (rows) => extractor.extract(rows),
  };
  const module = moduleOf(extractor);
  if (module !== undefined) rememberModule(placed, module);
  return placed;
}

/** The same for all extractors of a job. */
export function withOriginAll(
  extractors: readonly AnyExtractor[],
  origin: string | undefined,
): readonly AnyExtractor[] {
  return extractors.map((extractor) => withOrigin(extractor, origin));
}
