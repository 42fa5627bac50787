import type { Database } from 'better-sqlite3';
import { isShortened, nodeId } from '../model/key.ts';
import { AUDIT_EVENT } from '../model/node.ts';

const BEFORE_KEY = `${AUDIT_EVENT}:`;
const HASH_CHARACTERS = 65;

/**
 * Prepares finding the key under which the event of an id is recorded, if it is; undefined where none can be. Our tables must
 * be there.
 */
export function prepareEntryKey(db: Database): (id: string) => string | undefined {
  const next = db
    .prepare<[string], string>(
      "SELECT key FROM audit_entries WHERE key > ? AND typeof(key) = 'text' ORDER BY key LIMIT 1",
    )
    .pluck();

  /** A shortened id shows but the beginning of its key. */
  function findLong(id: string): string | undefined {
    const begin = id.slice(BEFORE_KEY.length, -HASH_CHARACTERS);
    for (let after = begin; ; ) {
      const key = next.get(after);
      if (!key?.startsWith(begin)) return undefined;
      if (nodeId(AUDIT_EVENT, key) === id) return key;
      after = key;
    }
  }

  return (id) => {
    if (!id.startsWith(BEFORE_KEY)) return undefined;
    return isShortened(id) ? findLong(id) : id.slice(BEFORE_KEY.length);
  };
}
