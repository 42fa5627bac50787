import { createHash } from 'node:crypto';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import { conditionOf } from './reading-of.ts';

/** Raised when the engine itself would make other nodes of the same drafts. */
const ENGINE_VERSION = 1;

/** A digest of all but the rows that decides on an extractor's nodes; another one means that they are derived anew. */
export function derivationDigest(extractor: AnyExtractor, settings: ExtractorSettings, rules: string): string {
  const { version, prefix, subtype, table, columns, appended = false, lookup } = extractor;
  const condition = conditionOf(extractor, settings);
  const parts = [ENGINE_VERSION, version, prefix, subtype, table, appended, Object.entries(columns), condition, rules];
  const all = lookup === undefined ? parts : [...parts, lookup.table, lookup.key, Object.entries(lookup.columns)];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 32);
}
