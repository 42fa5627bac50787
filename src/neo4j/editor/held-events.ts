import type { HeldEvent, Holder } from '../../model/graph-editor.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { compareUtf8 } from '../../model/text.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { EDGE_VALUES, type EdgeValues, type FoundEdge, toFoundEdge } from '../found-edges.ts';
import { labelOf, quoteName } from '../labels.ts';
import type { Transaction } from '../transaction.ts';
import { IS_LIVING, NODE_TYPE, TYPE_PARAMETERS } from '../typed-nodes.ts';

/** An event with what it hangs on, as it is found within one transaction. */
export interface FoundEvent extends HeldEvent {
  readonly handle: string;
  /** The edges of its holders, by what tells those apart. */
  readonly edges: ReadonlyMap<string, FoundEdge>;
}

const EVENT = quoteName(labelOf(AUDIT_EVENT));

/** Of nodes `n` with that label: whether they are events by their own type, too, and not marked as deleted. */
const IS_EVENT = `coalesce(n.node_type, '${AUDIT_EVENT}') = '${AUDIT_EVENT}' AND ${IS_LIVING}`;

/** The ids of events in their order, after one, and where they end; undefined where there are no more. What has no id is left out. */
export async function readEventIds(tx: Transaction, after: string | undefined, limit: number) {
  const rows = await tx.run<{ id: string; isEvent: boolean }>(
    `MATCH (n:${EVENT}) WHERE ${after === undefined ? "n.UID >= ''" : 'n.UID > $after'}
     WITH n ORDER BY n.UID LIMIT $limit RETURN n.UID AS id, ${IS_EVENT} AS isEvent`,
    { after: after ?? null, limit: BigInt(limit) },
  );
  const ids = rows.filter(({ isEvent }) => isEvent).map(({ id }) => id);
  return { ids, last: rows.length < limit ? undefined : rows.at(-1)?.id };
}

/**
 * Keeps others from hanging events up and from taking them down until the transaction ends: what they do meanwhile comes in
 * only afterwards. To set nothing takes the lock.
 */
export async function lockEvents(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.run(`UNWIND $ids AS id MATCH (n:${EVENT} {UID: id}) SET n += {}`, { ids: ids.toSorted() });
}

interface HolderRow extends EdgeValues {
  readonly event: string;
  readonly nodeType: string | null;
  readonly isLiving: boolean;
}

/** Events by their ids, and all that they hang on, whoever hung them up; those that are gone are left out. */
export async function findEvents(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FoundEvent>> {
  const events = await tx.run<{ id: string; handle: string }>(
    `UNWIND $ids AS id MATCH (n:${EVENT} {UID: id}) WHERE ${IS_EVENT} RETURN id, elementId(n) AS handle`,
    { ids },
  );
  const rows = await tx.run<HolderRow>(
    `UNWIND $events AS event MATCH (e) WHERE elementId(e) = event
     MATCH (n)-[r:${HAS_EVENT}]->(e) WHERE coalesce(r.edge_type, type(r)) = type(r)
     RETURN event, ${NODE_TYPE} AS nodeType, ${IS_LIVING} AS isLiving, ${EDGE_VALUES}`,
    { events: events.map(({ handle }) => handle), ...TYPE_PARAMETERS },
  );
  const rowsOf = new Map<string, HolderRow[]>(events.map(({ handle }) => [handle, []]));
  for (const row of rows) rowsOf.get(row.event)?.push(row);
  return new Map(events.map(({ id, handle }) => [id, toFoundEvent(id, handle, rowsOf.get(handle) ?? [])]));
}

function toFoundEvent(id: string, handle: string, rows: readonly HolderRow[]): FoundEvent {
  const found = rows
    // A node of others may have no id; it holds its events all the same.
    .map((row) => ({ ...row, edge: toFoundEdge({ ...row, fromNode: row.fromNode ?? '' }) }))
    .sort((a, b) => compareUtf8(a.edge.id, b.edge.id));
  const holders = found.map(({ edge, nodeType, isLiving }): Holder => {
    const type = isLiving ? (nodeType ?? '') : undefined;
    return { edge: edge.handle, node: edge.fromNode, nodeType: type, properties: () => edge.properties };
  });
  return { id, holders, handle, edges: new Map(found.map(({ edge }) => [edge.handle, edge])) };
}
