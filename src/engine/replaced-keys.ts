import { partsOfKey } from '../model/key.ts';
import type { Source } from '../model/source.ts';
import type { Derivation } from './derivation.ts';

/** What a placeholder looks like in a key. */
const PLACEHOLDER = '[redacted%3A';

/**
 * Tells the keys that other ones have taken the place of because secrets are told otherwise than they were: those with a
 * secret in them, and those with a placeholder. No row is lost with them, unlike with others that are not derived again.
 */
export function replacedKeys(
  { checkpoint }: Derivation,
  { source: { redactor } }: { readonly source: Pick<Source, 'redactor'> },
): (key: string) => boolean {
  if (checkpoint === undefined || checkpoint.rules === redactor.rules) return () => false;
  const hasSecret = (key: string) => partsOfKey(key).some((part) => redactor.clean(part) !== part);
  return (key) => key.includes(PLACEHOLDER) || hasSecret(key);
}
