import type { EdgeOrderField } from '../model/edge-list-order.ts';
import { EDGE_VALUES, type EdgeValues, type FoundEdge, toFoundEdge } from './found-edges.ts';
import { quoteName, relationshipOf } from './labels.ts';
import type { Parameters, Transaction } from './transaction.ts';

/** Which edges are read: those that all that is given says of, in an order by UTF-8 bytes. */
export interface EdgePageQuestion {
  readonly type?: string | undefined;
  /** Handles of nodes. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order: readonly EdgeOrderField[];
  /** Where the page before ended, as what the order goes by. */
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

const escaped = (text: string): string => `replace(replace(${text}, '%', '%25'), ':', '%3A')`;

/** What an edge is put in order by, as `toFoundEdge` tells it. */
const FIELDS = `coalesce(r.edge_type, type(r)) AS edgeType, a.UID AS fromNode, b.UID AS toNode`;
const ID = `CASE WHEN r.edge_type IS NOT NULL AND r.id IS NOT NULL THEN r.id
  ELSE ${escaped('edgeType')} + ':' + ${escaped('fromNode')} + '->' + ${escaped('toNode')} END AS id`;

/**
 * Reads a page of edges, whoever made them. Relationships of others may be several where ours is one: they have one id, and
 * are told of once.
 */
export async function readEdgePage(tx: Transaction, question: EdgePageQuestion): Promise<readonly FoundEdge[]> {
  const { order, limit } = question;
  const found: FoundEdge[] = [];
  for (let { after } = question; found.length < limit; ) {
    const room = limit - found.length;
    const rows = await readRows(tx, { ...question, after, limit: room });
    for (const edge of rows) if (edge.id !== found.at(-1)?.id) found.push(edge);
    const last = rows.at(-1);
    if (rows.length < room || last === undefined) break;
    after = order.map((field) => last[field]);
  }
  return found;
}

/** How many edges there are of a type or at a node, counted up to a limit. */
export async function countEdges(
  tx: Transaction,
  question: Pick<EdgePageQuestion, 'type' | 'from' | 'to'>,
  limit: number,
): Promise<number> {
  const [row] = await tx.run<{ count: bigint }>(
    `${matching(question)} WITH DISTINCT edgeType, fromNode, toNode LIMIT $limit RETURN count(*) AS count`,
    { ...parametersOf(question), limit: BigInt(limit) },
  );
  return Number(row?.count ?? 0n);
}

async function readRows(tx: Transaction, question: EdgePageQuestion): Promise<readonly FoundEdge[]> {
  const { order, after, limit } = question;
  const isLater = after === undefined ? 'TRUE' : comesAfter(order);
  const rows = await tx.run<EdgeValues>(
    `${matching(question)} WITH r, edgeType, fromNode, toNode, ${ID} WHERE ${isLater}
     WITH r, ${order.join(', ')} ORDER BY ${order.join(', ')} LIMIT $limit RETURN ${EDGE_VALUES}`,
    { ...parametersOf(question), after: after ?? null, limit: BigInt(limit) },
  );
  return rows.map(toFoundEdge);
}

function matching({ type, from, to }: Pick<EdgePageQuestion, 'type' | 'from' | 'to'>): string {
  const types = type === undefined ? [] : [...new Set([relationshipOf(type), type])].filter((name) => name !== '');
  const ofType = types.length === 0 ? '' : `:${types.map(quoteName).join('|')}`;
  const conditions = [
    ...(from === undefined ? [] : ['elementId(a) = $from']),
    ...(to === undefined ? [] : ['elementId(b) = $to']),
    // What has no id, or one that is no text, is not of the graph.
    ...["a.UID >= ''", "b.UID >= ''"],
  ];
  return `MATCH (a)-[r${ofType}]->(b) WHERE ${conditions.join(' AND ')}
    WITH r, ${FIELDS} ${type === undefined ? '' : 'WHERE coalesce(r.edge_type, type(r)) = $type'}`;
}

function parametersOf({ type, from, to }: Pick<EdgePageQuestion, 'type' | 'from' | 'to'>): Parameters {
  return { type: type ?? null, from: from ?? null, to: to ?? null };
}

/** Whether an edge comes after the place `$after`. */
function comesAfter(order: readonly EdgeOrderField[], at = 0): string {
  const [field, ...rest] = order;
  if (field === undefined) return 'FALSE';
  return `(${field} > $after[${at}] OR (${field} = $after[${at}] AND ${comesAfter(rest, at + 1)}))`;
}
