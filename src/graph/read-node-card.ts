import type { GraphEdge } from '../model/edge.ts';
import { ENTITY_TYPES } from '../model/entity.ts';
import { AuditError } from '../model/errors.ts';
import type { Direction, Graph } from '../model/graph.ts';
import type { NodeCard, SomeEdges } from '../model/node-card.ts';
import { readNodeEnd } from './read-node-end.ts';

/** More than a node will have: all are counted. */
const COUNTED = 1_000_000_000;

/** So many changes are shown; audit-extract history shows more. */
const CHANGES = 10;

/** Which node is wanted, and how many of its edges of each direction. */
export interface CardRequest {
  readonly id: string;
  readonly edges: number;
}

/** Reads what is to be shown of a node. Throws where there is none. */
export async function readNodeCard(graph: Graph, { id, edges: shown }: CardRequest): Promise<NodeCard> {
  const { nodes, edges, path } = graph;
  const [node, history] = await Promise.all([nodes.find(id), nodes.times(id)]);
  if (node === undefined || history === undefined) {
    throw nodeNotFound(id, path);
  }
  const some = async (direction: Direction): Promise<SomeEdges> => {
    const page = await edges.page(id, direction, shown);
    const isAll = page.length < shown;
    const withEnd = async (edge: GraphEdge) => ({
      ...edge,
      other: await readNodeEnd(graph, direction === 'out' ? edge.toNode : edge.fromNode),
    });
    return {
      edges: await Promise.all(page.map(withEnd)),
      more: isAll ? 0 : Math.max(0, (await edges.count(id, direction, COUNTED)) - page.length),
    };
  };
  const isEntity = ENTITY_TYPES.some((type) => id.startsWith(`${type}:`));
  return {
    ...{ node, out: await some('out'), in: await some('in'), history },
    isRecorded: isEntity ? null : await nodes.isRecorded(id),
    changes: await graph.changes?.find({ record: id, limit: CHANGES, offset: 0 }),
  };
}

/** The error of a question about a node that is not there. */
export function nodeNotFound(id: string, path: string): AuditError {
  const hint = 'audit-extract query finds nodes and their ids';
  return new AuditError('node-not-found', `there is no node ${id} in ${path}`, hint);
}
