import { AuditError } from '../model/errors.ts';
import type { Direction, Graph } from '../model/graph.ts';
import type { NodeCard, SomeEdges } from '../model/node-card.ts';

/** Edges of each direction that are shown. */
const SHOWN = 20;
/** More than a node will have: all are counted. */
const COUNTED = 1_000_000_000;

/** Reads what is to be shown of a node. Throws where there is none. */
export function readNodeCard({ nodes, edges, path }: Graph, id: string): NodeCard {
  const [node, history] = [nodes.find(id), nodes.times(id)];
  if (node === undefined || history === undefined) {
    throw nodeNotFound(id, path);
  }
  const some = (direction: Direction): SomeEdges => {
    const page = edges.page(id, direction, SHOWN);
    const isAll = page.length < SHOWN;
    return { edges: page, more: isAll ? 0 : Math.max(0, edges.count(id, direction, COUNTED) - page.length) };
  };
  return { node, out: some('out'), in: some('in'), history };
}

/** The error of a question about a node that is not there. */
export function nodeNotFound(id: string, path: string): AuditError {
  const hint = 'audit-extract query finds nodes and their ids';
  return new AuditError('node-not-found', `there is no node ${id} in ${path}`, hint);
}
