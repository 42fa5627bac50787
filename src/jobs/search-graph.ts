import { throwIfInterrupted } from '../engine/interrupt.ts';
import type { Graph } from '../model/graph.ts';
import type { Found, Search } from '../model/search.ts';
import { askGraph } from './ask-graph.ts';

/** Finds nodes of the graph at a path. */
export function searchGraph(target: string, search: Search, signal: AbortSignal): Promise<Found> {
  return askGraph(target, (graph) => searchNodes(graph, search, signal));
}

/** Finds nodes of a graph; throws that it was interrupted where the signal says so. */
export async function searchNodes(graph: Graph, search: Search, signal: AbortSignal): Promise<Found> {
  try {
    return await graph.searcher.search(search, signal);
  } catch (error) {
    throwIfInterrupted(signal);
    throw error;
  }
}
