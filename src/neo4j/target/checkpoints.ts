import type { Checkpoint } from '../../model/checkpoint.ts';
import type { Transaction } from '../transaction.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-text.ts';

interface Row {
  readonly extractor: string;
  readonly json: string;
}

/** How far an extractor has come; undefined before its first run. */
export async function findCheckpoint(tx: Transaction, extractor: string): Promise<Checkpoint | undefined> {
  const [row] = await tx.run<Row>(
    'MATCH (c:AuditCheckpoint {extractor: $extractor}) RETURN c.extractor AS extractor, c.json AS json',
    { extractor },
  );
  return row && readCheckpoint(row.extractor, row.json);
}

/** How far every extractor has come, of every origin, in the order of their names. */
export async function readCheckpoints(tx: Transaction): Promise<readonly Checkpoint[]> {
  const rows = await tx.run<Row>(
    'MATCH (c:AuditCheckpoint) RETURN c.extractor AS extractor, c.json AS json ORDER BY extractor',
  );
  return rows.map(({ extractor, json }) => readCheckpoint(extractor, json));
}

/** `origin` is whose chain of seals it stands in. */
export async function saveCheckpoint(tx: Transaction, checkpoint: Checkpoint, origin: string): Promise<void> {
  await tx.run('MERGE (c:AuditCheckpoint {extractor: $extractor}) SET c.origin = $origin, c.json = $json', {
    extractor: checkpoint.extractor,
    origin,
    json: writeCheckpoint(checkpoint),
  });
}
