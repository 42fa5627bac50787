import { edgeJson, nodeJson } from '../model/change.ts';
import { findEdge } from './found-edges.ts';
import { findNodes } from './found-nodes.ts';
import type { Transaction } from './transaction.ts';

/** What the record of an id, a node or an edge, says now, as JSON; undefined where there is none. */
export async function readRecordText(tx: Transaction, id: string): Promise<string | undefined> {
  const node = (await findNodes(tx, [id], false)).get(id);
  if (node !== undefined) return nodeJson(node);
  const edge = await findEdge(tx, id);
  if (edge !== undefined) return edgeJson(edge);
  const other = (await findNodes(tx, [id], true)).get(id);
  return other && nodeJson(other);
}
