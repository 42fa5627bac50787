import type { AnyExtractor } from '../model/extractor.ts';
import { joinKey } from '../model/key.ts';
import { breachOf } from './extractor-breach.ts';

/** The key of a draft. Throws where its parts are none. */
export function keyOfDraft(extractor: AnyExtractor, parts: readonly string[]): string {
  if (!Array.isArray(parts) || parts.length === 0 || parts.some((part) => typeof part !== 'string')) {
    throw breachOf(extractor, 'made a key that is no list of texts');
  }
  return joinKey(extractor.prefix, parts).toWellFormed();
}
