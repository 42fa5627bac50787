import type { Transaction } from '../transaction.ts';

/** A single value that is kept beside the graph; undefined where there is none. */
export async function readMeta(tx: Transaction, name: string): Promise<string | undefined> {
  const [row] = await tx.run<{ value: string }>('MATCH (m:AuditMeta {name: $name}) RETURN m.value AS value', { name });
  return row?.value;
}

/** Nothing is written where it is that value. */
export async function writeMeta(tx: Transaction, name: string, value: string): Promise<void> {
  if ((await readMeta(tx, name)) === value) return;
  await tx.run('MERGE (m:AuditMeta {name: $name}) SET m.value = $value', { name, value });
}

/** Keeps others from changing a value that is there until the transaction ends; it is to be read only then. */
export async function lockMeta(tx: Transaction, name: string): Promise<void> {
  await tx.run('MATCH (m:AuditMeta {name: $name}) SET m += {}', { name });
}
