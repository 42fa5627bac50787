import { edgeId } from '../../model/edge.ts';
import { ENTITY_TYPES } from '../../model/entity.ts';
import type { Link } from '../../model/linker.ts';
import { findEdges } from '../found-edges.ts';
import { findNodes } from '../found-nodes.ts';
import type { Transaction } from '../transaction.ts';

/** What there is of the edges of events. */
export interface LinkEnds {
  /** The handles of those ends that are there, by their ids. */
  readonly handles: ReadonlyMap<string, string>;
  /** The ids of those edges that are there. */
  readonly edges: ReadonlySet<string>;
}

const OWN: ReadonlySet<string> = new Set(ENTITY_TYPES);

/** Looks for ends and edges. Nodes that were `made` in this transaction are known, by id, and nothing hangs on them yet. */
export async function findEnds(
  tx: Transaction,
  links: readonly Link[],
  made: ReadonlyMap<string, string>,
): Promise<LinkEnds> {
  const handles = await findHandles(tx, links, made);
  const wanted = links.flatMap(({ edge: { edgeType, fromNode, toNode } }) => {
    const [from, to] = [handles.get(fromNode), handles.get(toNode)];
    const isFresh = made.has(fromNode) || made.has(toNode);
    return from === undefined || to === undefined || isFresh ? [] : [{ edgeType, from, to }];
  });
  const found = wanted.length === 0 ? [] : [...(await findEdges(tx, wanted)).values()];
  // Those of others may have ids of their own; what they join tells.
  return { handles, edges: new Set(found.map(edgeId)) };
}

/** An entity of ours that others made is found by its label; what else is to be an end may be any node. */
async function findHandles(
  tx: Transaction,
  links: readonly Link[],
  made: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const handles = new Map(made);
  const entities = new Map(links.flatMap((link) => link.entities.map(({ id, nodeType }) => [id, nodeType] as const)));
  const ends = new Set(links.flatMap(({ edge: { fromNode, toNode } }) => [fromNode, toNode]));
  const ours = [...ends].filter((id) => !made.has(id) && OWN.has(entities.get(id) ?? ''));
  const others = [...ends].filter((id) => !made.has(id) && !OWN.has(entities.get(id) ?? ''));
  for (const [ids, isThorough] of [
    [ours, false],
    [others, true],
  ] as const) {
    for (const { id, handle } of (await findNodes(tx, ids, isThorough)).values()) handles.set(id, handle);
  }
  return handles;
}

/** The first end of an edge that neither is there nor is made for it. */
export function missingEnd({ edge, entities }: Link, isThere: (id: string) => boolean): string | undefined {
  return [edge.fromNode, edge.toNode].find((end) => !entities.some(({ id }) => id === end) && !isThere(end));
}
