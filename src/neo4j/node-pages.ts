import { compareUtf8 } from '../model/text.ts';
import { type FoundNode, hasOthers, NODE_VALUES, type NodeValues, toFoundNode } from './found-nodes.ts';
import type { Transaction } from './transaction.ts';
import { IS_LIVING, nodeSources, TYPE_PARAMETERS } from './typed-nodes.ts';

/** Which nodes are read, in the order of their ids by UTF-8 bytes. */
export interface NodePageQuestion {
  /** Any where undefined. */
  readonly type: string | undefined;
  readonly subtype?: string | undefined;
  readonly includeDeleted: boolean;
  /** Only those whose ids come after this one, in the direction that is read. */
  readonly after: string | undefined;
  readonly isReversed?: boolean;
  readonly limit: number;
}

/** Reads a page of nodes, whoever made them; each id once. */
export async function readNodePage(tx: Transaction, question: NodePageQuestion): Promise<readonly FoundNode[]> {
  const { type, subtype, includeDeleted, after, isReversed = false, limit } = question;
  const conditions = [
    after === undefined ? "n.UID >= ''" : `n.UID ${isReversed ? '<' : '>'} $after`,
    ...(includeDeleted ? [] : [IS_LIVING]),
    ...(subtype === undefined ? [] : ['n.subtype = $subtype']),
  ];
  const parameters = { ...TYPE_PARAMETERS, type: type ?? null, subtype: subtype ?? null, after: after ?? null };
  const found = new Map<string, FoundNode>();
  for (const { pattern, condition } of nodeSources(type, await hasOthers(tx))) {
    const rows = await tx.run<NodeValues>(
      `MATCH ${pattern} WHERE ${[...conditions, condition].join(' AND ')}
       WITH n ORDER BY n.UID ${isReversed ? 'DESC' : ''} LIMIT $limit RETURN ${NODE_VALUES}`,
      { ...parameters, limit: BigInt(limit) },
    );
    for (const node of rows.map(toFoundNode)) if (!found.has(node.id)) found.set(node.id, node);
  }
  const sign = isReversed ? -1 : 1;
  return [...found.values()].sort((a, b) => sign * compareUtf8(a.id, b.id)).slice(0, limit);
}

/** How many nodes of a type there are, counted up to a limit. */
export async function countNodes(tx: Transaction, type: string, limit: number): Promise<number> {
  let count = 0;
  for (const { pattern, condition } of nodeSources(type, await hasOthers(tx))) {
    const [row] = await tx.run<{ count: bigint }>(
      `MATCH ${pattern} WHERE n.UID >= '' AND ${condition} WITH n LIMIT $limit RETURN count(n) AS count`,
      { ...TYPE_PARAMETERS, type, limit: BigInt(limit) },
    );
    count += Number(row?.count ?? 0n);
  }
  return Math.min(count, limit);
}
