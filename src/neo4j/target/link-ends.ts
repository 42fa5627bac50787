import { ENTITY_TYPES } from '../../model/entity.ts';
import { groupBy } from '../../model/group-by.ts';
import type { Link } from '../../model/linker.ts';
import { findOthers } from '../found-nodes.ts';
import { GRAPH_NODE, quoteName, relationshipOf } from '../labels.ts';
import type { Transaction } from '../transaction.ts';

/** What there is of the edges of events. */
export interface LinkEnds {
  /** The handles of those ends that are there, by their ids. */
  readonly handles: ReadonlyMap<string, string>;
  /** The ids of those edges that are there, whoever made them. */
  readonly edges: ReadonlySet<string>;
}

const OWN: ReadonlySet<string> = new Set(ENTITY_TYPES);

/** Looks for ends and edges; not for nodes, by id, that this transaction makes, and on which nothing hangs yet. */
export async function findEnds(tx: Transaction, links: readonly Link[], made: ReadonlySet<string>): Promise<LinkEnds> {
  const handles = await findHandles(tx, links, made);
  const wanted = links.filter(({ edge: { fromNode, toNode } }) => !made.has(fromNode) && !made.has(toNode));
  return { handles, edges: await findThere(tx, wanted, handles) };
}

/** The first end of an edge that neither is there nor is made for it. */
export function missingEnd({ edge, entities }: Link, isThere: (id: string) => boolean): string | undefined {
  return [edge.fromNode, edge.toNode].find((end) => !entities.some(({ id }) => id === end) && !isThere(end));
}

/** An entity of ours that others made is found by its label; what else is to be an end may be any node. */
async function findHandles(
  tx: Transaction,
  links: readonly Link[],
  made: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const handles = new Map<string, string>();
  const ends = new Set(links.flatMap(({ edge: { fromNode, toNode } }) => [fromNode, toNode]));
  const ids = [...ends].filter((id) => !made.has(id));
  if (ids.length === 0) return handles;
  // What they say beside is not asked for, as most of them are ours and there.
  const ours = await tx.run<{ id: string; handle: string }>(
    `UNWIND $ids AS id MATCH (n:${GRAPH_NODE} {UID: id}) RETURN id, elementId(n) AS handle`,
    { ids },
  );
  for (const { id, handle } of ours) handles.set(id, handle);
  const entities = new Set(
    links.flatMap((link) => link.entities.filter(({ nodeType }) => OWN.has(nodeType)).map(({ id }) => id)),
  );
  for (const isEntity of [true, false]) {
    const rest = ids.filter((id) => !handles.has(id) && entities.has(id) === isEntity);
    for (const { id, handle } of (await findOthers(tx, rest, !isEntity)).values()) handles.set(id, handle);
  }
  return handles;
}

async function findThere(
  tx: Transaction,
  links: readonly Link[],
  handles: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  for (const [type, group] of groupBy(links, ({ edge }) => relationshipOf(edge.edgeType))) {
    const edges = group.flatMap(({ edge: { id, fromNode, toNode } }) => {
      const [from, to] = [handles.get(fromNode), handles.get(toNode)];
      return from === undefined || to === undefined ? [] : [{ id, from, to }];
    });
    if (edges.length === 0) continue;
    const found = await tx.run<{ id: string }>(
      `UNWIND $edges AS edge MATCH (a) WHERE elementId(a) = edge.from MATCH (b) WHERE elementId(b) = edge.to
       WITH edge, a, b WHERE EXISTS { (a)-[:${quoteName(type)}]->(b) } RETURN edge.id AS id`,
      { edges },
    );
    for (const { id } of found) there.add(id);
  }
  return there;
}
