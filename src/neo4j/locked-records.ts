import { type FoundEdge, findEdgesByIds } from './found-edges.ts';
import { type FoundNode, findNodes, NODE_VALUES, type NodeValues, toFoundNode } from './found-nodes.ts';
import type { Transaction } from './transaction.ts';

/**
 * Finds nodes, and keeps others from changing them until the transaction ends: what is given stands. To set nothing takes the
 * lock, and counts as no change. Relationships of theirs that others make or remove meanwhile come in only afterwards.
 */
export async function lockNodes(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FoundNode>> {
  const found = await findNodes(tx, ids, true);
  if (found.size === 0) return found;
  // Whoever locks in the same order waits for others, and does not get in each other's way.
  const sorted = [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = await tx.run<NodeValues>(
    `UNWIND $handles AS handle MATCH (n) WHERE elementId(n) = handle SET n += {} RETURN ${NODE_VALUES}`,
    { handles: sorted.map(({ handle }) => handle) },
  );
  const nodes = rows.map(toFoundNode);
  // One that was removed while this waited for it is given with nothing in it.
  return new Map(nodes.filter(({ id }) => id !== '').map((node) => [node.id, node]));
}

/** The same of edges. */
export async function lockEdges(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FoundEdge>> {
  const found = await findEdgesByIds(tx, ids);
  if (found.size === 0) return found;
  const sorted = [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.run('UNWIND $handles AS handle MATCH ()-[r]->() WHERE elementId(r) = handle SET r += {}', {
    handles: sorted.map(({ handle }) => handle),
  });
  return findEdgesByIds(tx, [...found.keys()]);
}
