import { sessionOf } from '../../model/event-facets.ts';
import { nodeId } from '../../model/key.ts';
import type { LinkedEntry, UnlinkedEvent } from '../../model/link-target.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { lockEntries } from './owed-links.ts';

interface Row {
  readonly key: string;
  readonly leaf: string;
  readonly session: string | null;
}

/** Events whose edges these linkers have not made as they stand, in the order of keys after one. */
export async function readUnlinked(
  tx: Transaction,
  linkers: string | null,
  after: string,
  limit: number,
): Promise<readonly UnlinkedEvent[]> {
  const rows = await tx.run<Row>(
    `MATCH (e:AuditEntry) WHERE e.key > $after AND (e.linked IS NULL OR e.linked <> $linkers)
     RETURN e.key AS key, e.leaf AS leaf, e.session AS session ORDER BY e.key LIMIT $limit`,
    { after, linkers, limit: BigInt(limit) },
  );
  const ids = rows.map(({ key }) => nodeId(AUDIT_EVENT, key));
  const nodes = await findNodes(tx, ids, false);
  return rows.map(({ key, leaf, session }) => {
    const id = nodeId(AUDIT_EVENT, key);
    const entry = { key, leaf, keptSession: session };
    return { place: key, entry, id, session: sessionOf(key, session), node: nodes.get(id) };
  });
}

/** Nothing is marked where the event has changed since it was read, as it may have other edges now. */
export async function markLinked(
  tx: Transaction,
  linkers: string | null,
  entries: readonly LinkedEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await lockEntries(
    tx,
    entries.map(({ key }) => key),
  );
  await tx.run(
    `UNWIND $entries AS read MATCH (e:AuditEntry {key: read.key})
     WITH e, read WHERE e.leaf = read.leaf AND coalesce(e.session = read.session, e.session IS NULL AND read.session IS NULL)
     SET e.linked = $linkers`,
    { linkers, entries: entries.map(({ key, leaf, keptSession }) => ({ key, leaf, session: keptSession })) },
  );
}
