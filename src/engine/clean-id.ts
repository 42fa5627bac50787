import { joinKey, partsOfKey, prefixOf } from '../model/key.ts';
import type { Redactor } from '../model/redaction.ts';

/** An id, or a key, as it is shown: in its parts a secret stands as it does in data, and not escaped. */
export function cleanId(id: string, redactor: Redactor): string {
  const parts = partsOfKey(id);
  const clean = parts.map((part) => redactor.clean(part));
  return redactor.clean(clean.some((part, at) => part !== parts[at]) ? joinKey(prefixOf(id) ?? '', clean) : id);
}
