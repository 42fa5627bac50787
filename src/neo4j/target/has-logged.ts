import type { Transaction } from '../transaction.ts';

/** Whether the log of changes tells of a transaction that wrote at a time: a try of it has been committed, though the server's answer was lost. */
export async function hasLogged(tx: Transaction, now: string, transaction: string): Promise<boolean> {
  const rows = await tx.run('MATCH (c:AuditChange) WHERE c.at = $now AND c.tx = $transaction RETURN 1 AS one LIMIT 1', {
    now,
    transaction,
  });
  return rows.length > 0;
}
