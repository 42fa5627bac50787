import type { Transaction } from '../transaction.ts';

/** What an edge said when it was removed last, as JSON; undefined where the log does not tell. */
export async function findLastSaid(tx: Transaction, id: string): Promise<string | undefined> {
  const [row] = await tx.run<{ before: string }>(
    `MATCH (c:AuditChange {record: $id}) WHERE c.records IS NULL AND c.operation = 'delete' AND c.before IS NOT NULL
     RETURN c.before AS before ORDER BY c.number DESC LIMIT 1`,
    { id },
  );
  return row?.before;
}
