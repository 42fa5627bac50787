import type { Transaction } from '../transaction.ts';
import { lockMeta, readMeta } from './meta.ts';

const NAME = 'unlinked';

/** Says that events were written without their edges, and when last; it is not known how many. */
export const readUnlinkedNote = (tx: Transaction): Promise<string | undefined> => readMeta(tx, NAME);

/** A note that was kept since stays. */
export async function dropUnlinkedNote(tx: Transaction, note: string): Promise<void> {
  await lockMeta(tx, NAME);
  await tx.run('MATCH (m:AuditMeta {name: $name}) WHERE m.value = $note DELETE m', { name: NAME, note });
}
