import type { HeldEvent, Holder } from '../../model/graph-editor.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { EDGE_VALUES, type EdgeValues, type FoundEdge, toFoundEdge } from '../found-edges.ts';
import { NODE_VALUES, type NodeValues, toFoundNode } from '../found-nodes.ts';
import { labelOf, quoteName } from '../labels.ts';
import type { Transaction } from '../transaction.ts';
import { IS_LIVING } from '../typed-nodes.ts';

/** An event with what it hangs on, as it is found within one transaction. */
export interface FoundEvent {
  readonly event: HeldEvent;
  readonly handle: string;
  /** By what tells them apart for whoever decides. */
  readonly edges: ReadonlyMap<string, FoundEdge>;
}

const EVENT = quoteName(labelOf(AUDIT_EVENT));

/** Of nodes `n`, which have the label: whether they are events by their own type, too, and not marked as deleted. */
const IS_EVENT = `coalesce(n.node_type, '${AUDIT_EVENT}') = '${AUDIT_EVENT}' AND ${IS_LIVING}`;

/** Ids of events in their order, after one; ids of others are there, too. */
export async function readEventIds(tx: Transaction, after: string | undefined, limit: number) {
  const rows = await tx.run<{ id: string; isEvent: boolean }>(
    `MATCH (n:${EVENT}) WHERE ${after === undefined ? "n.UID >= ''" : 'n.UID > $after'}
     RETURN n.UID AS id, ${IS_EVENT} AS isEvent ORDER BY n.UID LIMIT $limit`,
    { after: after ?? null, limit: BigInt(limit) },
  );
  const ids = rows.filter(({ isEvent }) => isEvent).map(({ id }) => id);
  return { ids, last: rows.length < limit ? undefined : rows.at(-1)?.id };
}

/** Keeps others from changing events, and what they hang on, until the transaction ends: to set nothing takes the lock. */
export async function lockEvents(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.run(`UNWIND $ids AS id MATCH (n:${EVENT} {UID: id}) SET n += {}`, { ids: ids.toSorted() });
}

type Row = EdgeValues & { readonly event: NodeValues; readonly holder: NodeValues };

/** Finds events by their ids, and all that they hang on, whoever hung them up; those that are gone are left out. */
export async function findEvents(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FoundEvent>> {
  const nodes = await tx.run<{ id: string; handle: string }>(
    `UNWIND $ids AS id MATCH (n:${EVENT} {UID: id}) WHERE ${IS_EVENT} RETURN id, elementId(n) AS handle`,
    { ids },
  );
  const rows = await tx.run<Row>(
    `UNWIND $handles AS event MATCH (e) WHERE elementId(e) = event MATCH (n)-[r:${HAS_EVENT}]->(e)
     WITH event, r, {UID: n.UID, node_type: n.node_type, deleted_at: n.deleted_at} AS short, n
     RETURN event, elementId(n) AS holder, labels(n) AS labels, short, ${EDGE_VALUES}`,
    { handles: nodes.map(({ handle }) => handle) },
  );
  return new Map();
}
