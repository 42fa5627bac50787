import type { Neighborhood } from '../model/neighborhood.ts';
import type { Answer } from './answer.ts';
import { drawTree } from './neighborhood-tree.ts';

/** A neighbourhood as an answer: a tree for people, a row an edge for programs. */
export function neighborhoodAnswer(neighborhood: Neighborhood): Answer {
  const { root, depth, limit, nodes, edges, more } = neighborhood;
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
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
      })),
      edges: edges.map(({ id, edgeType, fromNode, toNode }) => ({
        id,
        edge_type: edgeType,
        from: fromNode,
        to: toNode,
      })),
      more: more.map(({ node, edges, atLeast }) => ({ id: node, edges, at_least: atLeast })),
    },
    rows: edges.map(({ edgeType, fromNode, toNode }) => ({
      from: fromNode,
      edge_type: edgeType,
      to: toNode,
      from_name: names.get(fromNode),
      to_name: names.get(toNode),
    })),
    columns: ['from', 'edge_type', 'to', 'from_name', 'to_name'],
    draw: (view) => drawTree(neighborhood, view),
  };
}
