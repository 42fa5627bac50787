import { type CardRequest, readNodeCard } from '../graph/read-node-card.ts';
import type { NodeCard } from '../model/node-card.ts';
import type { AskGraph } from './ask-graph.ts';

/** Reads a node of a graph, and what is around it. */
export function showNode(ask: AskGraph, request: CardRequest): Promise<NodeCard> {
  return ask((graph) => readNodeCard(graph, request));
}
