import { isShortened, nodeId } from '../model/key.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import type { Transaction } from './transaction.ts';

const BEFORE_KEY = `${AUDIT_EVENT}:`;
const HASH_CHARACTERS = 65;
const AT_ONCE = 1000n;

/** The keys under which events of some ids are recorded if they are, by their ids; ids that no event of ours has are left out. */
export async function keysOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const id of ids) {
    if (!id.startsWith(BEFORE_KEY)) continue;
    const key = isShortened(id) ? await findLong(tx, id) : id.slice(BEFORE_KEY.length);
    if (key !== undefined) keys.set(id, key);
  }
  return keys;
}

/** A shortened id shows but the beginning of its key. */
async function findLong(tx: Transaction, id: string): Promise<string | undefined> {
  const begin = id.slice(BEFORE_KEY.length, -HASH_CHARACTERS);
  for (let after = begin; ; ) {
    const rows = await tx.run<{ key: string }>(
      `MATCH (e:AuditEntry) WHERE e.key > $after AND e.key STARTS WITH $begin
       RETURN e.key AS key ORDER BY e.key LIMIT $limit`,
      { after, begin, limit: AT_ONCE },
    );
    const found = rows.find(({ key }) => nodeId(AUDIT_EVENT, key) === id);
    if (found !== undefined) return found.key;
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    after = last.key;
  }
}
