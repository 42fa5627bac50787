import { type CardRequest, readNodeCard } from '../graph/read-node-card.ts';
import type { NodeCard } from '../model/node-card.ts';
import { askGraph } from './ask-graph.ts';

/** Reads a node of the graph at a path, and what is around it. */
export function showNode(target: string, request: CardRequest): Promise<NodeCard> {
  return askGraph(target, (graph) => readNodeCard(graph, request));
}
