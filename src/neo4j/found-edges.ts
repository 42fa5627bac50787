import { edgeId, type GraphEdge } from '../model/edge.ts';
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
  const parts = /^([^:]*):(.*)->(.*)$/s.exec(id);
  if (parts === null) return undefined;
  const [edgeType = '', fromNode = '', toNode = ''] = parts.slice(1).map(unescapePart);
  const nodes = await findNodes(tx, [fromNode, toNode], true);
  const [from, to] = [nodes.get(fromNode), nodes.get(toNode)];
  if (from === undefined || to === undefined) return undefined;
  const found = await findEdges(tx, [{ edgeType, from: from.handle, to: to.handle }]);
  return found.get(id);
}
