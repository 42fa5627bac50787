import type { GraphEdge } from '../model/edge.ts';
import { groupBy } from '../model/group-by.ts';
import { AUDIT_EVENT, type NodeRecord } from '../model/node.ts';
import { readProperties } from '../model/properties.ts';
import { edgeProperties } from './edge-properties.ts';
import { GRAPH_NODE, labelOf, quoteName, relationshipOf } from './labels.ts';
import { columnsOf, nativeMembers, WRITTEN_COLUMNS } from './node-properties.ts';
import type { Parameter, Transaction } from './transaction.ts';

/** An edge that is made with the event at one of its ends. */
export interface EventEdge {
  readonly edge: GraphEdge;
  /** The id of the event. */
  readonly event: string;
  /** The handle of the node at the other end, which is there. */
  readonly other: string;
}

/**
 * Makes events that are not there, and edges of theirs, in one statement: what it makes itself need not be found again, and
 * edges that share their other end and what they say are sent as one bundle. Gives whether all those ends were still there.
 */
export async function createEvents(
  tx: Transaction,
  events: readonly NodeRecord[],
  edges: readonly EventEdge[],
  now: string,
): Promise<boolean> {
  const places = new Map(events.map(({ id }, at) => [id, BigInt(at)]));
  // In an order of their own, so that statements are alike, and the server plans them once.
  const kinds = [
    ...groupBy(edges, ({ edge, event }) => `${relationshipOf(edge.edgeType)} ${edge.fromNode === event}`),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  // Whoever takes nodes in the same order waits for others, and does not get in each other's way.
  const bundles = kinds
    .flatMap(([, group], kind) => bundlesOf(group, kind, places, now))
    .sort((a, b) => (a.other < b.other ? -1 : 1));
  const [row] = await tx.run<{ found: bigint }>(
    `UNWIND range(0, size($events) - 1) AS at WITH at, $events[at] AS row CREATE (e:${GRAPH_NODE}:${labelOf(AUDIT_EVENT)})
     SET ${EVENT}, e.created_at = $now, e.updated_at = $now
     WITH e, at ORDER BY at WITH collect(e) AS made
     UNWIND $bundles AS bundle MATCH (other) WHERE elementId(other) = bundle.other
     ${kinds.map(([, [first]], kind) => (first ? createEdges(first, kind) : '')).join(' ')}
     RETURN count(*) AS found`,
    { events: events.map(toRow), bundles, now },
  );
  return Number(row?.found ?? 0n) === bundles.length;
}

/** What every event has is not named in each row. */
const EVENT = ['e = row[0]', ...WRITTEN_COLUMNS.map((column, at) => `e.${column} = row[${at + 1}]`)].join(', ');

function toRow(event: NodeRecord): readonly Parameter[] {
  const columns = columnsOf(event);
  return [nativeMembers(readProperties(event.properties)), ...WRITTEN_COLUMNS.map((column) => columns[column])];
}

/** A bundle says of which kind its edges are by where it has the places of their events. */
const placesOf = (kind: number): string => `places${kind}`;

function bundlesOf(group: readonly EventEdge[], kind: number, places: ReadonlyMap<string, bigint>, now: string) {
  const alike = groupBy(group, ({ edge, other }) => JSON.stringify([other, edge.edgeType, edge.properties]));
  return [...alike.values()].flatMap((edges) => {
    const [first] = edges;
    if (first === undefined) return [];
    const said = { ...edgeProperties(first.edge, now), created_at: now };
    return [{ other: first.other, said, [placesOf(kind)]: edges.flatMap(({ event }) => places.get(event) ?? []) }];
  });
}

function createEdges({ edge, event }: EventEdge, kind: number): string {
  const type = quoteName(relationshipOf(edge.edgeType));
  const path = edge.fromNode === event ? `(e)-[r:${type}]->(other)` : `(other)-[r:${type}]->(e)`;
  return `FOREACH (e IN [at IN bundle.${placesOf(kind)} | made[at]] | CREATE ${path} SET r = bundle.said)`;
}
