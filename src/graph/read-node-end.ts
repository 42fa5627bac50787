import { entityId } from '../model/entity.ts';
import type { Graph } from '../model/graph.ts';
import type { StoredNode } from '../model/node.ts';
import { MISSING, type NodeEnd } from '../model/node-end.ts';
import { readProperties } from '../model/properties.ts';
import { USER_ACTION } from '../model/user-action.ts';

/** Reads what tells which node an edge leads to; it need not be there. */
export async function readNodeEnd({ nodes }: Pick<Graph, 'nodes'>, id: string): Promise<NodeEnd> {
  const stored = await nodes.find(id);
  if (stored === undefined) {
    return { id, nodeType: MISSING, subtype: null, name: null, label: null, isDeleted: false };
  }
  const { nodeType, subtype = null, name = null } = stored;
  const times = await nodes.times(id);
  const isDeleted = times?.deletedAt != null;
  return { id, nodeType: nodeType ?? 'unknown', subtype, name, label: await labelOf(nodes, stored), isDeleted };
}

/** An action that was logged without the user's name has the id in its own; the user's node may know better by now. */
async function labelOf(
  nodes: Graph['nodes'],
  { subtype, name = null, properties }: StoredNode,
): Promise<string | null> {
  if (subtype !== USER_ACTION || name === null) return name;
  const { userUID: user } = readProperties(properties);
  if (typeof user !== 'string' || !name.endsWith(` by ${user}`)) return name;
  const called = await nodes.find(entityId('user', user));
  return called?.name ? `${name.slice(0, -user.length)}${called.name}` : name;
}
