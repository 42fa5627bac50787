import type { Transaction } from '../transaction.ts';

/**
 * Takes the chain of an origin, made where there is none, until the transaction ends. What stands in it is to be read by a
 * statement that comes after this one: one that both reads and waits goes on with what it read before it waited.
 */
export async function lockChain(tx: Transaction, origin: string): Promise<void> {
  await tx.run("MERGE (c:AuditChain {origin: $origin}) ON CREATE SET c.number = 0, c.seal = '' SET c += {}", {
    origin,
  });
}
