import { throwIfInterrupted } from '../engine/interrupt.ts';
import type { Graph } from '../model/graph.ts';
import type { Found, Search } from '../model/search.ts';
import type { AskGraph } from './ask-graph.ts';
import { withOpenEdges } from './with-open-edges.ts';

/** Finds nodes of a graph. */
export function searchGraph(ask: AskGraph, search: Search, signal: AbortSignal): Promise<Found> {
  return ask((graph) => searchNodes(graph, search, signal));
}

/** Finds nodes of a graph; throws that it was interrupted where the signal says so. */
export async function searchNodes(graph: Graph, search: Search, signal: AbortSignal): Promise<Found> {
  try {
    const found = await graph.searcher.search(search, signal);
    const { agent, task } = search.filter;
    if (agent === undefined && task === undefined) return found;
    return { ...found, warnings: await withOpenEdges(graph, found.warnings) };
  } catch (error) {
    throwIfInterrupted(signal);
    throw error;
  }
}
