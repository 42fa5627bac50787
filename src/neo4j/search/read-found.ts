import { type KeptFacts, spanOfNode } from '../../model/node-view.ts';
import { readProperties } from '../../model/properties.ts';
import type { FoundNode as Result } from '../../model/search.ts';
import { type FoundNode, findNodes, NODE_VALUES, type NodeValues, toFoundNode, toStoredNode } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';
import { nodeSources, TYPE_PARAMETERS } from '../typed-nodes.ts';

/** Nodes of a type by their ids; those that others made are looked for among nodes of its labels. */
export async function findTyped(
  tx: Transaction,
  type: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundNode>> {
  const found = new Map(await findNodes(tx, ids, false));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  for (const { pattern, condition } of nodeSources(type, true)) {
    const rows = await tx.run<NodeValues>(
      `MATCH ${pattern} WHERE n.UID IN $ids AND ${condition} RETURN ${NODE_VALUES}`,
      {
        ...TYPE_PARAMETERS,
        type,
        ids: missing,
      },
    );
    for (const node of rows.map(toFoundNode)) if (!found.has(node.id)) found.set(node.id, node);
  }
  return found;
}

/** Reads nodes that were found, as they are by now; others may have taken some away meanwhile. */
export async function readFound(
  tx: Transaction,
  type: string,
  ids: readonly string[],
  facts: ReadonlyMap<string, KeptFacts>,
): Promise<readonly Result[]> {
  const nodes = await findTyped(tx, type, ids);
  return ids.flatMap((id) => {
    const node = nodes.get(id);
    if (node === undefined) return [];
    const span = spanOfNode({ properties: readProperties(node.properties), kept: () => facts.get(id) });
    const isDeleted = node.deletedAt !== null;
    return [{ node: toStoredNode(node), first: span?.first ?? null, last: span?.last ?? null, isDeleted }];
  });
}
