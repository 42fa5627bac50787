import { type EdgeContent, edgeId, type GraphEdge } from '../model/edge.ts';
import { groupBy } from '../model/group-by.ts';
import { unescapePart } from '../model/key.ts';
import { findNodes } from './found-nodes.ts';
import { quoteName, relationshipOf } from './labels.ts';
import { toJsonText } from './native-values.ts';
import type { Transaction } from './transaction.ts';

/** An edge as it stands; one that others made has the id that ours would have. */
export interface FoundEdge extends GraphEdge {
  /** What it is found by within one transaction. */
  readonly handle: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** What a statement returns of a relationship `r`, for `toFoundEdge`. */
export const EDGE_VALUES = `elementId(r) AS handle, type(r) AS type, startNode(r).UID AS fromNode, endNode(r).UID AS toNode,
  properties(r) AS said`;

export interface EdgeValues {
  readonly handle: string;
  readonly type: string;
  readonly fromNode: unknown;
  readonly toNode: unknown;
  readonly said: { readonly [name: string]: unknown };
}

/** An edge to be looked for: its ends are handles of nodes. */
export interface WantedEdge {
  readonly edgeType: string;
  readonly from: string;
  readonly to: string;
}

const ARROW = '->';
const COLUMNS: ReadonlySet<string> = new Set(['id', 'edge_type', 'properties', 'created_at', 'updated_at']);

export function toFoundEdge({ handle, type, fromNode, toNode, said }: EdgeValues): FoundEdge {
  const text = (name: string) => (said[name] == null ? null : String(said[name]));
  const ends = { edgeType: text('edge_type') ?? type, fromNode: String(fromNode), toNode: String(toNode) };
  const native = Object.keys(said).filter((name) => !COLUMNS.has(name));
  const members = native.sort().map((name) => `${JSON.stringify(name)}:${toJsonText(said[name])}`);
  return {
    ...ends,
    // What others call an id may be anything.
    id: (said['edge_type'] == null ? null : text('id')) ?? edgeId(ends),
    properties: text('properties') ?? (members.length === 0 ? null : `{${members.join(',')}}`),
    handle,
    createdAt: text('created_at'),
    updatedAt: text('updated_at'),
  };
}

/** Those of some edges that are there, by their ids. */
export async function findEdges(
  tx: Transaction,
  wanted: readonly WantedEdge[],
): Promise<ReadonlyMap<string, FoundEdge>> {
  const found = new Map<string, FoundEdge>();
  for (const [edgeType, edges] of groupBy(wanted, (edge) => edge.edgeType)) {
    const rows = await tx.run<EdgeValues>(
      `UNWIND $edges AS edge MATCH (a) WHERE elementId(a) = edge.from MATCH (b) WHERE elementId(b) = edge.to
       MATCH (a)-[r:${quoteName(relationshipOf(edgeType))}]->(b) RETURN ${EDGE_VALUES}`,
      { edges: edges.map(({ from, to }) => ({ from, to })) },
    );
    for (const edge of rows.map(toFoundEdge)) if (!found.has(edge.id)) found.set(edge.id, edge);
  }
  return found;
}

/** The edge of an id, which says what it joins; undefined where there is none, or the id says nothing. */
export async function findEdge(tx: Transaction, id: string): Promise<FoundEdge | undefined> {
  return (await findEdgesByIds(tx, [id])).get(id);
}

/** The same of several. */
export async function findEdgesByIds(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FoundEdge>> {
  const joined = ids.flatMap(whatItJoins);
  const ends = new Set(joined.flatMap(({ fromNode, toNode }) => [fromNode, toNode]));
  const nodes = await findNodes(tx, [...ends], true);
  const wanted = joined.flatMap(({ edgeType, fromNode, toNode }) => {
    const [from, to] = [nodes.get(fromNode)?.handle, nodes.get(toNode)?.handle];
    return from === undefined || to === undefined ? [] : [{ edgeType, from, to }];
  });
  const found = await findEdges(tx, wanted);
  const asked = new Set(ids);
  return new Map([...found].filter(([id]) => asked.has(id)));
}

/** What an id may join: an arrow may be a part of the id of a node, so that there are several ways to read it. */
function whatItJoins(id: string): readonly Omit<EdgeContent, 'properties'>[] {
  const [, type, ends] = /^([^:]+):(.+)$/s.exec(id) ?? [];
  if (type === undefined || ends === undefined) return [];
  const parts = ends.split(ARROW);
  return parts.slice(1).map((_, at) => ({
    edgeType: unescapePart(type),
    fromNode: unescapePart(parts.slice(0, at + 1).join(ARROW)),
    toNode: unescapePart(parts.slice(at + 1).join(ARROW)),
  }));
}
