import { type EntityType, entityId } from '../../model/entity.ts';
import type { JudgedByEdges } from '../../model/judged-nodes.ts';
import { namesAgent, namesTask } from '../../model/node-match.ts';
import type { Properties } from '../../model/properties.ts';
import type { NodeFilter } from '../../model/search.ts';
import { NO_EDGES_TO_NAMES } from '../../model/search-warnings.ts';
import { type FoundNode, findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';

/** An entity that too many edges lead to for those to be listed. */
interface Asked {
  readonly edgeType: string;
  readonly handle: string;
}

/** What edges say of a search, and what is to be said of that. */
export interface ByEdges extends JudgedByEdges {
  readonly sets: readonly ReadonlySet<string>[];
  readonly asked: readonly Asked[];
  readonly warnings: readonly string[];
}

/**
 * Looks at what edges say of agent and task; where there are no edges at all, nodes themselves are to say it. So many nodes that
 * edges lead from are listed; of more, each that may be wanted is asked for its edge.
 */
export async function readByEdges(tx: Transaction, { agent, task }: NodeFilter, mostListed: number): Promise<ByEdges> {
  const sets: ReadonlySet<string>[] = [];
  const asked: Asked[] = [];
  const names: ((properties: Properties) => boolean)[] = [];
  const look = async (edgeType: string, entity: EntityType, value: string, isNamed: typeof namesAgent) => {
    const ends = await readEnds(tx, edgeType, entityId(entity, value), mostListed);
    if (ends === undefined) names.push((properties) => isNamed(properties, value));
    else if ('handle' in ends) asked.push(ends);
    else sets.push(ends);
  };
  if (agent !== undefined) await look('BY_AGENT', 'agent', agent, namesAgent);
  if (task !== undefined) await look('FOR_TASK', 'task', task, namesTask);
  return { sets, asked, names, warnings: names.length > 0 ? [NO_EDGES_TO_NAMES] : [] };
}

/** Those of some nodes that edges lead from to all that is asked. */
export async function withEdges(
  tx: Transaction,
  nodes: readonly FoundNode[],
  asked: readonly Asked[],
): Promise<readonly FoundNode[]> {
  let left = nodes;
  for (const { edgeType, handle } of asked) {
    const rows = await tx.run<{ handle: string }>(
      `UNWIND $handles AS handle MATCH (n) WHERE elementId(n) = handle
       WITH n WHERE EXISTS { MATCH (n)-[:${edgeType}]->(o) WHERE elementId(o) = $entity }
       RETURN elementId(n) AS handle`,
      { handles: left.map((node) => node.handle), entity: handle },
    );
    const found = new Set(rows.map((row) => row.handle));
    left = left.filter((node) => found.has(node.handle));
  }
  return left;
}

async function readEnds(
  tx: Transaction,
  edgeType: string,
  id: string,
  mostListed: number,
): Promise<ReadonlySet<string> | Asked | undefined> {
  const node = (await findNodes(tx, [id], true)).get(id);
  if (node !== undefined) {
    const rows = await tx.run<{ id: string }>(
      `MATCH (n)-[:${edgeType}]->(o) WHERE elementId(o) = $handle AND n.UID >= ''
       WITH DISTINCT n.UID AS id LIMIT $limit RETURN id`,
      { handle: node.handle, limit: BigInt(mostListed + 1) },
    );
    if (rows.length > mostListed) return { edgeType, handle: node.handle };
    if (rows.length > 0) return new Set(rows.map((row) => row.id));
  }
  const [any] = await tx.run<object>(`MATCH ()-[r:${edgeType}]->() RETURN 1 AS one LIMIT 1`);
  return any === undefined ? undefined : new Set();
}
