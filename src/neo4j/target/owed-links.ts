import type { OwedLinks, PaidRows } from '../../model/link-target.ts';
import type { Transaction } from '../transaction.ts';
import { findCheckpoint } from './checkpoints.ts';

/** Stands for all rows of a key. */
const ALL = '*';

/** Notes that rows have to be asked for more edges of these keys, those above `after` or all; of two debts the older one stands for both. */
export async function oweLinks(tx: Transaction, keys: readonly string[], after: bigint | undefined): Promise<void> {
  if (keys.length === 0) return;
  await lockEntries(tx, keys);
  await tx.run(
    `UNWIND $keys AS key MATCH (e:AuditEntry {key: key})
     WITH e WHERE e.owed IS NULL OR (e.owed <> '${ALL}' AND ($after IS NULL OR toInteger(e.owed) > $after))
     SET e.owed = $text`,
    { keys, after: after ?? null, text: after === undefined ? ALL : String(after) },
  );
}

/** Debts of keys with a prefix after one, in their order. */
export async function readOwed(
  tx: Transaction,
  prefix: string,
  after: string,
  limit: number,
): Promise<readonly OwedLinks[]> {
  const rows = await tx.run<{ key: string; owed: string }>(
    `MATCH (e:AuditEntry) USING INDEX e:AuditEntry(owed)
     WHERE e.owed IS NOT NULL AND e.key > $after AND e.key < $before
     RETURN e.key AS key, e.owed AS owed ORDER BY e.key LIMIT $limit`,
    { after: after === '' ? `${prefix}:` : after, before: `${prefix};`, limit: BigInt(limit) },
  );
  return rows.map(({ key, owed }) => ({ key, after: owed === ALL ? undefined : BigInt(owed) }));
}

/** Settles keys, but for what the rows owe that have come meanwhile. */
export async function settleOwed(tx: Transaction, keys: readonly string[], paid: PaidRows): Promise<void> {
  // Whoever owes more for these keys has done so, checkpoint and all, or waits until this transaction ends.
  await lockEntries(tx, keys);
  const match = 'UNWIND $keys AS key MATCH (e:AuditEntry {key: key})';
  const { upTo } = paid;
  if (!(await hasGoneOn(tx, paid))) await tx.run(`${match} REMOVE e.owed`, { keys });
  else if (upTo !== undefined) {
    const isOlder = `e.owed = '${ALL}' OR toInteger(e.owed) < $upTo`;
    await tx.run(`${match} WITH e WHERE ${isOlder} SET e.owed = $text`, { keys, upTo, text: String(upTo) });
  }
}

/** Entries that are not read before others, who are writing them, are done. */
export async function lockEntries(tx: Transaction, keys: readonly string[]): Promise<void> {
  await tx.run('UNWIND $keys AS key MATCH (e:AuditEntry {key: key}) SET e += {}', { keys: keys.toSorted() });
}

/** Where an extractor has no checkpoint, nothing of it is being written. */
async function hasGoneOn(tx: Transaction, { extractor, upTo, content }: PaidRows): Promise<boolean> {
  const checkpoint = await findCheckpoint(tx, extractor);
  if (checkpoint === undefined) return false;
  return checkpoint.foldedTo !== upTo || checkpoint.content !== content || checkpoint.unfinished !== undefined;
}
