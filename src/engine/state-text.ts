import type { AnyExtractor } from '../model/extractor.ts';
import { breachOf } from './extractor-breach.ts';

/** A folded state in the form in which it is staged and kept. Throws on one that JSON cannot hold. */
export function stateText(extractor: AnyExtractor, state: unknown): string {
  const text: string | undefined = JSON.stringify(state);
  if (text === undefined) throw breachOf(extractor, 'made a state that JSON cannot hold');
  return text;
}
