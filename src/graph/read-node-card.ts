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
export function readNodeCard(graph: Graph, { id, edges: shown }: CardRequest): NodeCard {
  const { nodes, edges, path } = graph;
  const [node, history] = [nodes.find(id), nodes.times(id)];
  if (node === undefined || history === undefined) {
    throw nodeNotFound(id, path);
  }
  const some = (direction: Direction): SomeEdges => {
    const page = edges.page(id, direction, shown);
    const isAll = page.length < shown;
    return {
      edges: page.map((edge) => ({
        ...edge,
        other: readNodeEnd(graph, direction === 'out' ? edge.toNode : edge.fromNode),
      })),
      more: isAll ? 0 : Math.max(0, edges.count(id, direction, COUNTED) - page.length),
    };
  };
  const isEntity = ENTITY_TYPES.some((type) => id.startsWith(`${type}:`));
  return {
    ...{ node, out: some('out'), in: some('in'), history },
    isRecorded: isEntity ? null : nodes.isRecorded(id),
    changes: graph.changes?.find({ record: id, limit: CHANGES, offset: 0 }),
  };
}

/** The error of a question about a node that is not there. */
export function nodeNotFound(id: string, path: string): AuditError {
  const hint = 'audit-extract query finds nodes and their ids';
  return new AuditError('node-not-found', `there is no node ${id} in ${path}`, hint);
}
