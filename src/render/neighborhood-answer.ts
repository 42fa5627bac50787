import type { Neighborhood } from '../model/neighborhood.ts';
import type { Answer } from './answer.ts';
import { drawTree } from './neighborhood-tree.ts';

/** A neighbourhood as an answer: a tree for people, a row an edge for programs. */
export function neighborhoodAnswer(neighborhood: Neighborhood): Answer {
  const { root, depth, limit, nodes, edges, more } = neighborhood;
  const found = new Map(nodes.map((node) => [node.id, node]));
  return {
    document: {
      schema: 'audit-extract/neighbors@1',
      root,
      depth,
      limit,
      nodes: nodes.map((node) => ({
        id: node.id,
        node_type: node.nodeType,
        subtype: node.subtype,
        name: node.name,
        depth: node.depth,
        deleted: node.isDeleted,
      })),
      edges: edges.map(({ id, edgeType, fromNode, toNode }) => ({
        id,
        edge_type: edgeType,
        from: fromNode,
        to: toNode,
      })),
      more: more.map(({ node, edges, atLeast, cutBy }) => ({ id: node, edges, at_least: atLeast, cut_by: cutBy })),
    },
    rows: edges.map(({ edgeType, fromNode, toNode }) => ({
      from: fromNode,
      edge_type: edgeType,
      to: toNode,
      from_name: found.get(fromNode)?.name,
      to_name: found.get(toNode)?.name,
      from_deleted: found.get(fromNode)?.isDeleted,
      to_deleted: found.get(toNode)?.isDeleted,
    })),
    columns: ['from', 'edge_type', 'to', 'from_name', 'to_name', 'from_deleted', 'to_deleted'],
    draw: (view) => drawTree(neighborhood, view),
  };
}
