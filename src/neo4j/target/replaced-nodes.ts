import { edgeId } from '../../model/edge.ts';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { NodeHooks } from '../../model/node-hooks.ts';
import type { ReplacedIds } from '../../model/retirement.ts';
import { EDGE_VALUES, type EdgeValues, type FoundEdge, toFoundEdge } from '../found-edges.ts';
import { type FoundNode, findNodes } from '../found-nodes.ts';
import type { GraphWriter } from '../graph-writer.ts';
import type { Transaction } from '../transaction.ts';
import { spansOf } from './key-spans.ts';

/** So many ids are told of. */
const TOLD = 100;
/** So many nodes are removed in one transaction. */
const AT_ONCE = 500;

/** Those that are listed, and not recorded once more: rules may be changed back. */
const STANDING = `UNWIND $spans AS span MATCH (r:AuditReplaced) WHERE r.key >= span.from AND r.key < span.before
  AND NOT EXISTS { MATCH (e:AuditEntry) WHERE e.key = r.key }`;

/**
 * Lists nodes that stand under ids of which a change of the rules for secrets has made others. They are no longer recorded as
 * ours; the same records stand under the new ids.
 */
export async function listReplaced(tx: Transaction, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await tx.run('UNWIND $keys AS key MERGE (:AuditReplaced {key: key})', { keys });
}

/** How many of them are listed of an origin, and the first ids. */
export async function readReplaced(tx: Transaction, origin: string): Promise<ReplacedIds> {
  const [row] = await tx.run<{ nodes: bigint }>(`${STANDING} RETURN count(r) AS nodes`, { spans: spansIn(origin, '') });
  const keys = await readStanding(tx, origin, '', TOLD);
  return { nodes: Number(row?.nodes ?? 0n), ids: keys.map((key) => nodeId(AUDIT_EVENT, key)) };
}

/** Which nodes of the list are removed, and how. */
interface Removal {
  readonly origin: string;
  /** The list is read after this key. */
  readonly after: string;
  readonly actor: string;
  readonly hooks: NodeHooks | undefined;
}

/** The last key that was looked at, undefined where there was none, and how many nodes went. */
export interface Removed {
  readonly last: string | undefined;
  readonly removed: number;
}

/**
 * Removes the next nodes of the list, with the edges that we made of them; a node that an edge of others joins stays, and stays
 * listed.
 */
export async function removeReplaced(tx: Transaction, writer: GraphWriter, removal: Removal): Promise<Removed> {
  const { origin, after, actor, hooks } = removal;
  const keys = await readStanding(tx, origin, after === '' ? '' : `${after}\0`, AT_ONCE);
  const ids = new Map(keys.map((key) => [nodeId(AUDIT_EVENT, key), key]));
  const found = await findNodes(tx, [...ids.keys()], false);
  const joins = await findJoins(tx, [...found.values()]);
  const isTaken = (node: FoundNode) => joins.foreign.has(node.handle) || hooks?.allowsDelete(node) === false;
  const nodes = [...found.values()].filter((node) => !isTaken(node));
  const edges = new Map(nodes.flatMap(({ handle }) => joins.own.get(handle) ?? []).map((edge) => [edge.handle, edge]));
  await writer.removeEdges([...edges.values()], actor);
  await writer.removeNodes(nodes, actor);
  const gone = [...ids].filter(([id]) => !found.has(id)).map(([, key]) => key);
  const dropped = [...nodes.flatMap(({ id }) => ids.get(id) ?? []), ...gone];
  await tx.run('UNWIND $dropped AS key MATCH (r:AuditReplaced {key: key}) DELETE r', { dropped });
  return { last: keys.at(-1), removed: dropped.length };
}

async function readStanding(tx: Transaction, origin: string, from: string, limit: number): Promise<readonly string[]> {
  const rows = await tx.run<{ key: string }>(`${STANDING} RETURN r.key AS key ORDER BY key LIMIT $limit`, {
    spans: spansIn(origin, from),
    limit: BigInt(limit),
  });
  return rows.map(({ key }) => key);
}

const spansIn = (origin: string, from: string) => spansOf(origin, from).map((span) => ({ ...span }));

/** What joins nodes, by their handles: edges as this program makes them, and which of them are joined by others, too. */
async function findJoins(tx: Transaction, nodes: readonly FoundNode[]) {
  const rows = await tx.run<EdgeValues & { node: string }>(
    `UNWIND $handles AS node MATCH (n) WHERE elementId(n) = node MATCH (n)-[r]-() RETURN node, ${EDGE_VALUES}`,
    { handles: nodes.map(({ handle }) => handle) },
  );
  const own = new Map<string, FoundEdge[]>();
  const foreign = new Set<string>();
  for (const { node, ...values } of rows) {
    const edge = toFoundEdge(values);
    // An edge of others has no id, or one that does not say what it joins.
    if (values.said['id'] !== edgeId(edge)) foreign.add(node);
    own.set(node, [...(own.get(node) ?? []), edge]);
  }
  return { own, foreign };
}
