import { hash } from 'node:crypto';
import type { Transaction } from '../transaction.ts';

/** A digest of the checkpoints of an origin as they stand, in hex; '' is the graph's own. */
export async function digestCheckpoints(tx: Transaction, origin: string): Promise<string> {
  const rows = await tx.run<{ extractor: string; json: string }>(
    `MATCH (c:AuditCheckpoint) WHERE c.origin = $origin
     RETURN c.extractor AS extractor, c.json AS json ORDER BY c.extractor`,
    { origin },
  );
  return hash('sha256', JSON.stringify(rows.map(({ extractor, json }) => [extractor, json])), 'hex');
}
